import { VERSION } from "./version.ts";

/** What all copies of synfin in a page know of each other. */
interface Copies {
  /** The version that each tag is from, or is going to be. */
  readonly tags: Map<string, string>;
  warned: boolean;
}

const KEY = Symbol.for("synfin");

/**
 * Registers a tag that is still free. A second copy of this module must not
 * throw: that would take the page's whole bundle down with it. In Node there is
 * no registry, and nothing to do.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  if (typeof customElements === "undefined") return;
  if (customElements.get(tag) === undefined) {
    copies().tags.set(tag, VERSION);
    customElements.define(tag, element);
  } else warnOfOther(tag);
}

/** Whether a tag is still to be loaded, and is now this copy's to load. */
export function claim(tag: string): boolean {
  const { tags } = copies();
  if (customElements.get(tag) !== undefined || tags.has(tag)) {
    warnOfOther(tag);
    return false;
  }
  tags.set(tag, VERSION);
  return true;
}

/** The other copy's tag stays; where it is of another version that is said, once for the page. */
function warnOfOther(tag: string): void {
  const all = copies();
  const used = all.tags.get(tag) ?? "unknown";
  if (used === VERSION || all.warned) return;
  all.warned = true;
  console.warn(
    `synfin is loaded twice, in versions ${used} and ${VERSION}: <${tag}> is the one of version ${used}.`,
  );
}

function copies(): Copies {
  const page = globalThis as { [KEY]?: Copies };
  page[KEY] ??= { tags: new Map(), warned: false };
  return page[KEY];
}
