/**
 * What few readers need, loaded when the first one asks for it. In the file
 * for pages without a bundler this is a file beside it, `synfin-extras.js`.
 */
export function loadExtras(): Promise<typeof import("./index.ts")> {
  return import("./index.ts");
}
