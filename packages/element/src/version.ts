/** The version of this package; a test holds it to its manifest. */
export const VERSION = "0.1.0";
