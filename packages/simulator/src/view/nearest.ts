/** The names that are most like a mistyped one, the nearest first; none where nothing is near. */
export function nearestNames(typed: string, names: readonly string[], most = 3): string[] {
  const wanted = typed.toLowerCase();
  const worst = Math.max(2, Math.ceil(wanted.length / 2));
  return names
    .map((name) => ({ name, distance: closeness(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= worst)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** A name that begins like what was typed, or has its words, is near, however long it is. */
function closeness(wanted: string, name: string): number {
  if (wanted !== "" && name.includes(wanted)) return 0;
  const shared = wanted
    .split("-")
    .filter((word) => word.length > 2 && name.split("-").includes(word));
  return edits(wanted, name) - 2 * shared.length;
}

/** Levenshtein's distance: how many letters to change, add or leave out. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const change = (row[j] ?? 0) + (char === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
