import { scenarios } from "@synfin/simulator";
import { expect, test } from "vitest";
import { ladderSvg } from "../../src/svg/index.ts";
import { traceOf } from "../traces.ts";

test.each(scenarios.map(({ name }) => name))("%s stands alone [point 34]", (name) => {
  const svg = ladderSvg(traceOf(name));
  expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
  expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(
    /https?:|foreignObject|href|url\(|@import|<script|<image|NaN|undefined/,
  );
});

test("every segment is drawn, and told in the description", () => {
  const trace = traceOf("lost-fin");
  const svg = ladderSvg(trace);
  expect(svg.match(/class="arrow /g)).toHaveLength(trace.segments.length);
  expect(svg.match(/class="head /g)).toHaveLength(trace.segments.length - 1);
  expect(svg.match(/class="cross"/g)).toHaveLength(1);
  const description = /<desc id="desc">(.*?)<\/desc>/s.exec(svg)?.[1] ?? "";
  expect(description.split("; ")).toHaveLength(trace.segments.length);
  expect(description).toContain("FIN,ACK seq 101 ack 1 (lost)");
});

test("light by itself, dark where the reader prefers it", () => {
  const svg = ladderSvg(traceOf("three-way-handshake"));
  const [light = "", dark = ""] = svg.split("@media (prefers-color-scheme:dark)");
  expect(light).toContain(".sheet{fill:#ffffff}");
  expect(dark).toContain(".sheet{fill:#14161a}");
  expect(light).not.toContain("var(");
});

test("what a user wrote cannot become markup", () => {
  const trace = traceOf("three-way-handshake");
  const hosts = trace.hosts.map((host) => ({ ...host, address: `<b a="1">&` }));
  const svg = ladderSvg({ ...trace, hosts }, { title: "<i>" });
  expect(svg).toContain('<title id="title">&lt;i&gt;</title>');
  expect(svg).toContain("&lt;b a=&quot;1&quot;&gt;&amp;");
  expect(svg).not.toContain("<b ");
});

test("title, words and numbers follow the options", () => {
  const svg = ladderSvg(traceOf("simultaneous-open"), {
    lang: "ko",
    seq: "absolute",
    title: "동시 열기",
  });
  expect(svg).toContain('lang="ko"');
  expect(svg).toContain('<title id="title">동시 열기</title>');
  expect(svg).toContain("seq 300 ack 101");
});

test("the drawing of the lost FIN", async () => {
  await expect(ladderSvg(traceOf("lost-fin"))).toMatchFileSnapshot("lost-fin.svg.snap");
});
