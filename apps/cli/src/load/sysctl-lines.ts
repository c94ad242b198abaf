/** One setting as it stands in the text. */
export interface SysctlLine {
  /** From 1. */
  readonly line: number;
  /** With dots, whatever it was written with. */
  readonly name: string;
  readonly value: string;
}

/**
 * The settings of a text: what `sysctl -a` prints on Linux (`a.b = 1`), on
 * FreeBSD and macOS (`a.b: 1`), and what stands in `sysctl.conf` (`a/b=1`, a
 * leading `-`, comments). Other lines, such as the rest of a value that goes
 * over several, are no settings and are left out.
 */
export function sysctlLines(text: string): SysctlLine[] {
  return text.split(/\r?\n/).flatMap((content, index) => {
    const [, name, value] = /^\s*-?([a-zA-Z][\w./-]*)\s*(?:=|:)\s*(.*?)\s*$/.exec(content) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ line: index + 1, name: name.replaceAll("/", "."), value }];
  });
}
