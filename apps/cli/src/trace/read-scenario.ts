import { findScenario, parseScenario, type Scenario, scenarios } from "@synfin/simulator";
import { nearestNames } from "@synfin/simulator/view";
import { type Io, UsageError } from "../io.ts";

/** A scenario by its name, or from a JSON file. Rejects with a `UsageError`. */
export async function readScenario(nameOrPath: string, io: Io): Promise<Scenario> {
  if (/[./\\]/.test(nameOrPath)) return await fromFile(nameOrPath, io);
  const found = findScenario(nameOrPath);
  if (found !== undefined) return found;
  const near = nearestNames(
    nameOrPath,
    scenarios.map(({ name }) => name),
  );
  const hint = near.length === 0 ? "" : ` (did you mean ${near.join(" or ")}?)`;
  throw new UsageError(
    `trace: unknown scenario "${nameOrPath}"${hint}; "synfin scenarios" lists them all, and a path such as ./my.json reads one from a file`,
  );
}

async function fromFile(path: string, io: Io): Promise<Scenario> {
  const result = parseScenario(parseJson(path, await readText(path, io)));
  if (!result.ok) throw new UsageError(`trace: ${path}: ${result.message}`);
  return result.value;
}

async function readText(path: string, io: Io): Promise<string> {
  try {
    return new TextDecoder().decode(await io.readFile(path));
  } catch (error) {
    throw new UsageError(
      `trace: cannot read the scenario "${path}" (${reasonOf(error)}); give the path of a JSON file, or a name from "synfin scenarios"`,
    );
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `trace: ${path} is not JSON (${reasonOf(error)}); "synfin scenarios --json" prints examples`,
    );
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
