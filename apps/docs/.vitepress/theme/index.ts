import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { WatchedElement } from "./watched-element.ts";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("WatchedElement", WatchedElement);
    // Custom elements need a document; on the server the slotted text stands.
    if (!import.meta.env.SSR) void import("@synfin/element/define");
  },
} satisfies Theme;
