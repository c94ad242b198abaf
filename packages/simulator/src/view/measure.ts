/** Estimates how wide a text will be, in pixels. */
export type Measure = (text: string, fontSize: number) => number;

/**
 * The width in the monospaced fonts that pictures are set in: 0.602 em for each
 * character, and one em for Hangul and other wide ones. An estimate, since
 * nothing here may ask a browser; a little too wide is what keeps labels apart.
 */
export const monospaceWidth: Measure = (text, fontSize) => {
  let em = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    em += isWide(code) ? 1 : 0.602;
  }
  return em * fontSize;
};

/** Whether a character takes the room of two in a monospaced font. */
export function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xd7a3) ||
    (code >= 0xff00 && code <= 0xff60)
  );
}
