import type { DefaultTheme, LocaleSpecificConfig } from "vitepress";
import { scenarioLinks } from "./scenario-links.ts";

const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: "Guide",
    items: [
      { text: "Getting started", link: "/guide/getting-started" },
      { text: "In your docs", link: "/guide/in-your-docs" },
      { text: "How it works", link: "/guide/how-it-works" },
      { text: "Test your own TCP", link: "/guide/your-own-tcp" },
    ],
  },
  {
    text: "Reference",
    items: [
      { text: "&lt;tcp-connection&gt;", link: "/reference/tcp-connection" },
      { text: "&lt;tcp-load&gt;", link: "/reference/tcp-load" },
      { text: "The command line", link: "/reference/command-line" },
      { text: "The explorer", link: "/reference/explorer" },
      { text: "The digest", link: "/reference/digest" },
    ],
  },
  {
    text: "Scenarios",
    items: [{ text: "All of them", link: "/scenarios/" }, ...scenarioLinks("en")],
  },
];

export const english: LocaleSpecificConfig<DefaultTheme.Config> = {
  description: "TCP connections, from SYN to FIN: see one, prove it, plan with a crowd of them.",
  themeConfig: {
    nav: [
      { text: "Guide", link: "/guide/getting-started", activeMatch: "^/guide/" },
      { text: "Scenarios", link: "/scenarios/", activeMatch: "^/scenarios/" },
      { text: "Reference", link: "/reference/tcp-connection", activeMatch: "^/reference/" },
    ],
    sidebar,
    outline: { label: "On this page" },
  },
};
