import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import schema from "custom-elements-manifest/schema.json" with { type: "json" };
import { expect, test } from "vitest";
import { ROOT } from "../runner/process.mjs";
import { MANIFEST } from "./analyze.mjs";

test("the manifest is what the sources say, without a difference [point 5]", () => {
  const main = join(ROOT, "tools", "manifest", "main.mjs");
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, "--check"], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^<tcp-connection>: \d\d attributes, \d\d properties and methods,/);
});

test("the manifest is one, by the schema of its format", () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(readFileSync(join(ROOT, MANIFEST), "utf8")));
  expect(validate.errors).toBeNull();
});
