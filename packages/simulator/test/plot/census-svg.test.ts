import { State } from "@synfin/core/tcp";
import { expect, test } from "vitest";
import { censusSvg } from "../../src/plot/census-svg.ts";
import { crowd, HOSTS, row, SECOND, textsOf } from "./crowd.ts";

test("both ends, with the peak of each state, axes with units, and marks with their times", () => {
  const svg = censusSvg(crowd, {
    title: "steady",
    hosts: HOSTS,
    marks: [{ atUs: 60 * SECOND, text: "first EADDRNOTAVAIL" }],
  });
  const panel = (end: string): string[] => [
    `connections at the ${end}, with peaks`,
    ...["SYN-SENT 30", "ESTABLISHED 1,000", "TIME-WAIT 1,000"],
    ...["0", "500", "1k", "1.5k", "2k", "2.5k"],
    ...["0", "60", "120", "180", "240", "300", "virtual time (s)"],
    "first EADDRNOTAVAIL at 60 s",
    ...["TIME-WAIT", "ESTABLISHED"],
  ];
  expect(textsOf(svg)).toEqual(["steady", ...panel("client"), ...panel("server")]);
});

test("those who cannot see it hear the peaks", () => {
  const svg = censusSvg(crowd, { title: "a < b", hosts: ["client"] });
  expect(svg).toContain('<title id="title">a &lt; b</title>');
  expect(svg).toContain(
    '<desc id="desc">Connections at the client by state until 300 s; at most TIME-WAIT 1000, ESTABLISHED 1000, SYN-SENT 30.</desc>',
  );
});

test("the file stands alone: no script, and nothing from outside but the name of SVG", () => {
  const svg = censusSvg(crowd, { title: "x", hosts: HOSTS });
  expect(svg.match(/https?:[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
  expect(svg).not.toMatch(/<script|<foreignObject|@import|\son\w+=/);
  const used = [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
  expect(used).toContain("texture-dotted");
  for (const id of used) expect(svg).toContain(`id="${id}"`);
});

test("light and dark stand in one file, or the one that was asked for", () => {
  const [light, dark] = ["svg .sheet{fill:#ffffff}", "svg .sheet{fill:#14161a}"];
  const auto = censusSvg(crowd, { title: "x", hosts: HOSTS });
  const at = auto.indexOf("@media (prefers-color-scheme:dark)");
  expect(auto.indexOf(light)).toBeLessThan(at);
  expect(auto.indexOf(dark)).toBeGreaterThan(at);
  expect(censusSvg(crowd, { title: "x", hosts: HOSTS, theme: "light" })).not.toContain(dark);
  expect(censusSvg(crowd, { title: "x", hosts: HOSTS, theme: "dark" })).not.toContain(light);
  expect(auto).not.toMatch(/\$[a-z]/);
});

test("a long run is thinned out, and its last row stays", () => {
  const long = Array.from({ length: 5_000 }, (_, n) => row(n * SECOND, { [State.ESTABLISHED]: 1 }));
  const svg = censusSvg([...long, row(5_000 * SECOND, { [State.ESTABLISHED]: 7 })], {
    title: "long",
    hosts: ["any"],
  });
  expect(svg.length).toBeLessThan(40_000);
  expect(textsOf(svg)).toContain("ESTABLISHED 7");
  expect(textsOf(svg)).toContain("virtual time (min)");
});

test("a peak between the rows that are drawn is named all the same", () => {
  const long = Array.from({ length: 1_001 }, (_, n) =>
    row(n * SECOND, { [State.ESTABLISHED]: n === 500 - 1 ? 99 : 1 }),
  );
  expect(textsOf(censusSvg(long, { title: "x", hosts: HOSTS }))).toContain("ESTABLISHED 99");
});

test("a title that is too long ends in an ellipsis, and stands whole in the file", () => {
  const title = "a title of many words that do not fit a narrow picture";
  const svg = censusSvg(crowd, { title, hosts: HOSTS, width: 320 });
  expect(textsOf(svg)[0]).toBe("a title of many words that d…");
  expect(svg).toContain(`>${title}</title>`);
});

test("nobody at all is an empty chart", () => {
  expect(textsOf(censusSvg([], { title: "none", hosts: ["client"] }))).toEqual([
    ...["none", "connections at the client, with peaks", "0", "1"],
    ...["0", "1", "virtual time (µs)"],
  ]);
});
