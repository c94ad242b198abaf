/** A colour in light surroundings, and in dark ones. */
export type Tone = readonly [light: string, dark: string];

/** The name of a colour. */
export type ToneName =
  | "background"
  | "panel"
  | "ink"
  | "soft"
  | "line"
  | "client"
  | "server"
  | "fail"
  | "accent"
  | "opening"
  | "open"
  | "closing"
  | "waiting";

/**
 * The colours of the elements. Each is a custom property of the same name:
 * `ink` is `--synfin-ink`; `client` is the host on the left. Text keeps a
 * contrast of at least 4.5 on its ground, lines and marks at least 3.
 */
export const THEME: Readonly<Record<ToneName, Tone>> = {
  background: ["#ffffff", "#14161a"],
  panel: ["#f6f7fa", "#1b1f26"],
  ink: ["#1c2330", "#e4e8ef"],
  soft: ["#566174", "#9da8b9"],
  line: ["#d5dae3", "#333a46"],
  client: ["#1c5bcb", "#7fb0ff"],
  server: ["#a94a0c", "#ffab6b"],
  fail: ["#bd2033", "#ff7a85"],
  accent: ["#0f766e", "#4fd1c5"],
  opening: ["#f3d48a", "#6d5517"],
  open: ["#a9dcb5", "#1f5a35"],
  closing: ["#c9cef5", "#40458a"],
  waiting: ["#d5d9e0", "#414957"],
};
