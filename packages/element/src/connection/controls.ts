export { controlBar, headerBar } from "./bars.ts";
export { handleKey } from "./keys.ts";
export { statusText } from "./status-text.ts";
export { controlStyles as styles } from "./styles/controls.ts";
export { targets } from "./targets.ts";
