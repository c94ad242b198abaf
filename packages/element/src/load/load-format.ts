/** What a run of many can be saved as. */
export const LOAD_FORMATS = ["svg", "png", "json", "csv", "pcapng"] as const;
export type LoadFormat = (typeof LOAD_FORMATS)[number];
