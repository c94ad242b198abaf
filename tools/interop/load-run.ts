import { type BulkPlan, BulkRun, type Cell, type CellSpec } from "@synfin/simulator/bulk";

/** Runs one cell of a client and a server, to its end or up to a time. */
export function runCell(spec: CellSpec, untilUs: number): Cell {
  const plan: BulkPlan = {
    cells: 1,
    hosts: spec.hosts.map(({ name }) => name),
    untilUs,
    sampleUs: 1_000_000,
    cell: () => spec,
  };
  const run = new BulkRun(plan, { scenario: "against-the-kernel", seed: 1, paranoid: true });
  while (!run.advance(10_000)) {
    // Each turn is a slice of the run.
  }
  const [cell] = run.cells;
  if (cell === undefined) throw new Error("the run has no cell");
  return cell;
}
