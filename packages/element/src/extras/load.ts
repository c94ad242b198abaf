type Extras = typeof import("./index.ts");

let loaded: Extras | undefined;

/**
 * What few readers need, loaded when the first one asks for it. In the file
 * for pages without a bundler this is a file beside it, `synfin-extras.js`.
 */
export async function loadExtras(): Promise<Extras> {
  loaded = await import("./index.ts");
  return loaded;
}

/** The same where it has been loaded, for what is rendered. */
export function extrasSoFar(): Extras | undefined {
  return loaded;
}
