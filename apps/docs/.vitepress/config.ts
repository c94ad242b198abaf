import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { english } from "./config/en.ts";
import { korean, koreanSearch } from "./config/ko.ts";
import { elementTables } from "./elements/tables.ts";
import { miniSearch } from "./search.ts";

/** What the page for iframes loads: the files for pages without a bundler. */
const FILES = ["tcp-connection.js", "tcp-load.js", "parts"];

/**
 * The site: English at `/`, Korean at `/ko/`. It uses the built packages, as
 * any reader's site would, and asks nothing of any other host.
 */
export default defineConfig({
  title: "synfin",
  cleanUrls: true,
  lastUpdated: false,
  srcExclude: ["lessons/**"],
  head: [["link", { rel: "icon", type: "image/svg+xml", href: "/mark.svg" }]],
  buildEnd({ outDir }) {
    const dist = dirname(fileURLToPath(import.meta.resolve("@synfin/element/synfin.js")));
    for (const name of FILES) {
      cpSync(join(dist, name), join(outDir, "embed", name), { recursive: true });
    }
  },
  transformPageData({ params }) {
    // A page made from a list has its title in there, not in its heading.
    return params === undefined
      ? undefined
      : { title: String(params["title"]), description: String(params["description"]) };
  },
  locales: {
    root: { label: "English", lang: "en", ...english },
    ko: { label: "한국어", lang: "ko", ...korean },
  },
  themeConfig: {
    logo: "/mark.svg",
    search: {
      provider: "local",
      options: { locales: { ko: { translations: koreanSearch } }, miniSearch },
    },
  },
  markdown: { config: elementTables },
  vue: {
    template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("tcp-") } },
  },
});
