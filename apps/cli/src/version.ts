declare const SYNFIN_VERSION: string | undefined;

/** The version of the package; the bundle has it built in. */
export const VERSION: string = typeof SYNFIN_VERSION === "string" ? SYNFIN_VERSION : "0.0.0-source";
