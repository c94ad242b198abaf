/** `steady` in a browser's worker: it warms up, says so, and runs what it is then asked for. */
import { runSteady, warmUp } from "./steady-run.mjs";

warmUp();
self.onmessage = ({ data }) => {
  const started = performance.now();
  const { digest, events, segments } = runSteady(data.connections);
  const seconds = (performance.now() - started) / 1000;
  self.postMessage({ seconds, events, arrivals: segments, digest: digest.toString() });
};
self.postMessage("warm");
