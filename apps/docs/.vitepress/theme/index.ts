import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp() {
    // Custom elements need a document; on the server the slotted text stands.
    if (!import.meta.env.SSR) void import("@synfin/element/define");
  },
} satisfies Theme;
