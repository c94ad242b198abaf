export { sideView } from "./side-view.ts";
export { cardStyles as styles } from "./styles/cards.ts";
export { transcriptView } from "./transcript-view.ts";
