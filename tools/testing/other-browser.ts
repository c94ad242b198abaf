/** A browser that is not Chromium, as far as a test needs it: one page. */
export interface OtherBrowser {
  /** What the console has said, errors that nobody caught included. */
  readonly words: readonly string[];
  /** Opens an address and waits until it has loaded. */
  visit(address: string): Promise<void>;
  /** The value of an expression in the page, awaited; it must be JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
}
