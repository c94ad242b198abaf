import type { Locator, Page } from "playwright-core";

/**
 * What a reader can do with a page: find things by role, name and visible text, and
 * either press keys or move a pointer.
 */
export interface Reader {
  /** Chooses from a list. */
  choose(list: string, option: string): Promise<void>;
  /** Presses the last segment of the ladder whose name begins so. */
  pressSegment(name: RegExp): Promise<void>;
  /** Goes to the end of the run. */
  toTheEnd(): Promise<void>;
  /** Goes on step by step until the page says this. */
  stepUntil(text: RegExp): Promise<void>;
  /** Looks at a field of the header by the name that stands in it. */
  lookAtField(name: string): Promise<void>;
  /** Presses a button. */
  press(button: string): Promise<void>;
}

/** More steps than any task should take. */
const MOST_STEPS = 24;
/** More stops of the Tab key than anyone has the patience for. */
const MOST_STOPS = 12;

/** The text that is to be seen. */
export function visibleText(page: Page, text: RegExp): Locator {
  return page.getByText(text).filter({ visible: true });
}

const segments = (page: Page, name: RegExp): Locator => page.getByRole("button", { name });
const field = (page: Page, name: string): Locator =>
  page.getByRole("term").filter({ hasText: new RegExp(`^${name}$`) });

/** Goes on until something is so, or says what was not found. */
async function until(
  isSo: () => Promise<boolean>,
  goOn: () => Promise<void>,
  most: number,
  what: string,
): Promise<void> {
  for (let count = 0; count <= most; count++) {
    if (await isSo()) return;
    await goOn();
  }
  throw new Error(`after ${most} tries there is still no ${what}`);
}

/** A reader with a keyboard and no pointer. */
export class KeyboardReader implements Reader {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async choose(list: string, option: string): Promise<void> {
    const box = this.#page.getByRole("combobox", { name: list });
    await this.#tabTo(box, `list “${list}”`);
    // A list in focus takes what is typed for the beginning of an entry.
    await this.#page.keyboard.type(option);
    const chosen = await box.getByRole("option", { selected: true }).textContent();
    if (chosen?.trim() !== option) throw new Error(`typing “${option}” chose “${chosen}”`);
  }

  async pressSegment(name: RegExp): Promise<void> {
    await this.#tabTo(segments(this.#page, /seq \d/), "segment");
    const wanted = segments(this.#page, name).last();
    await until(() => this.#isFocused(wanted), this.#key("ArrowDown"), MOST_STEPS, String(name));
    await this.#page.keyboard.press("Enter");
  }

  async toTheEnd(): Promise<void> {
    await this.#tabTo(segments(this.#page, /seq \d/), "segment");
    await this.#page.keyboard.press("End");
  }

  async stepUntil(text: RegExp): Promise<void> {
    const isSaid = (): Promise<boolean> => isSeen(this.#page, text);
    if (!(await isSaid())) await this.#tabTo(segments(this.#page, /seq \d/), "segment");
    await until(isSaid, this.#key("ArrowRight"), MOST_STEPS, String(text));
  }

  async lookAtField(name: string): Promise<void> {
    const cell = (text: string): Locator => this.#cell(field(this.#page, text));
    await this.#tabTo(cell("source port"), "header");
    await until(
      () => this.#isFocused(cell(name)),
      this.#key("ArrowRight"),
      MOST_STEPS,
      `field “${name}”`,
    );
  }

  async press(button: string): Promise<void> {
    await this.#tabTo(
      this.#page.getByRole("button", { name: button, exact: true }),
      `button “${button}”`,
    );
    await this.#page.keyboard.press("Enter");
  }

  /** What stands around a name and takes the focus. */
  #cell(name: Locator): Locator {
    return name.locator("..");
  }

  async #tabTo(target: Locator, what: string): Promise<void> {
    await until(() => this.#isFocused(target), this.#key("Tab"), MOST_STOPS, what);
  }

  async #isFocused(target: Locator): Promise<boolean> {
    return (await target.and(this.#page.locator(":focus")).count()) > 0;
  }

  #key(name: string): () => Promise<void> {
    return () => this.#page.keyboard.press(name);
  }
}

/** A reader with a pointer and no keyboard. */
export class PointerReader implements Reader {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async choose(list: string, option: string): Promise<void> {
    // The list unfolds outside of the page, where only the browser itself can click.
    await this.#page.getByRole("combobox", { name: list }).selectOption({ label: option });
  }

  async pressSegment(name: RegExp): Promise<void> {
    await this.#click(segments(this.#page, name).last());
  }

  async toTheEnd(): Promise<void> {
    const slider = this.#page.getByRole("slider", { name: "Time" });
    await this.#click(slider, ({ width }) => width - 6);
  }

  async stepUntil(text: RegExp): Promise<void> {
    const isSaid = (): Promise<boolean> => isSeen(this.#page, text);
    await until(isSaid, () => this.press("Step forward"), MOST_STEPS, String(text));
  }

  async lookAtField(name: string): Promise<void> {
    const { x, y } = await this.#point(field(this.#page, name), ({ width }) => width / 2);
    await this.#page.mouse.move(x, y);
  }

  async press(button: string): Promise<void> {
    await this.#click(this.#page.getByRole("button", { name: button, exact: true }));
  }

  async #click(target: Locator, across: Across = ({ width }) => width / 2): Promise<void> {
    const { x, y } = await this.#point(target, across);
    await this.#page.mouse.click(x, y);
  }

  /** Where a pointer finds it, once the wheel has brought it into view. */
  async #point(target: Locator, across: Across): Promise<{ x: number; y: number }> {
    await target.scrollIntoViewIfNeeded();
    const box = await target.boundingBox();
    if (box === null) throw new Error(`${target} is not to be seen`);
    return { x: box.x + across(box), y: box.y + box.height / 2 };
  }
}

type Across = (box: { readonly width: number }) => number;

async function isSeen(page: Page, text: RegExp): Promise<boolean> {
  return (await visibleText(page, text).count()) > 0;
}
