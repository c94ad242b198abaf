import { createElement, type ReactElement, useState } from "react";

/** Calls back at each event of this name. A prop `ontcp-step` would not do: while it hydrates,
 * React leaves such listeners away. */
const hears =
  <Detail>(name: string, told: (detail: Detail) => void) =>
  (element: HTMLElement | null): (() => void) => {
    const listener = (event: Event): void => told((event as CustomEvent<Detail>).detail);
    element?.addEventListener(name, listener);
    return () => element?.removeEventListener(name, listener);
  };

/** A page as React writes it: everything by attributes, the words between the tags by children. */
export function App(): ReactElement {
  const [step, setStep] = useState(0);
  const [end, setEnd] = useState("");
  const connection = {
    scenario: "lost-fin",
    seed: 7,
    faults: "drop:client:FIN:2",
    seq: "absolute",
    start: 3,
    ref: hears<{ step: number }>("tcp-step", (detail) => setStep(detail.step + 1)),
  };
  const load = {
    connections: 200,
    "worker-url": "/worker.js",
    ref: hears<{ reason: string }>("tcp-end", ({ reason }) => setEnd(reason)),
  };
  return createElement(
    "div",
    null,
    createElement("p", { id: "step" }, `step ${step}`),
    createElement("tcp-connection", connection, createElement("p", null, "a ladder in words")),
    createElement("p", { id: "end" }, `end ${end}`),
    createElement("tcp-load", load, createElement("p", null, "a crowd in words")),
  );
}
