import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";
import { english } from "./config/en.ts";
import { korean, koreanSearch } from "./config/ko.ts";
import { elementTables } from "./elements/tables.ts";
import { miniSearch } from "./search.ts";

/** What the page for iframes loads: the one file, and the one beside it. */
const ONE_FILE = ["synfin.js", "synfin-extras.js"];

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
    for (const name of ONE_FILE) {
      const file = fileURLToPath(import.meta.resolve(`@synfin/element/${name}`));
      copyFileSync(file, join(outDir, "embed", name));
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
