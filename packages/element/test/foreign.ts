import type { Page } from "playwright-core";

/** Every text of an element that a reader sees or hears. */
export function textsOf(tab: Page, name: string): Promise<string[]> {
  return tab.evaluate(async (tag) => {
    const element = document.querySelector<HTMLElement & { updateComplete: Promise<unknown> }>(tag);
    await element?.updateComplete;
    const root = element?.shadowRoot;
    if (root == null) throw new Error("there is no element");
    const texts: string[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.localName !== "style") texts.push(node.textContent ?? "");
    }
    for (const one of root.querySelectorAll("*")) {
      for (const name of ["aria-label", "aria-valuetext", "title", "placeholder", "alt"]) {
        texts.push(one.getAttribute(name) ?? "");
      }
    }
    return texts;
  }, name);
}

/** The words in Latin letters that are not among those that stay, which are in lower case. */
export function foreign(texts: readonly string[], stay: ReadonlySet<string>): string[] {
  const words = texts.flatMap((text) => {
    // Octets, checksums, digests and ids are no words.
    const bare = text.replace(/\b(?:0x)?(?=[0-9a-f]*\d)[0-9a-f]+\b|\b[a-f]{2}\b/g, " ");
    return bare.match(/[A-Za-zµ]+/g) ?? [];
  });
  return [...new Set(words)].filter((word) => !stay.has(word.toLowerCase()));
}
