/**
 * `addEventListener` and its counterpart as an element has them that fires
 * these events besides, or instead of, those that every element has.
 */
export interface Listening<Self extends HTMLElement, Events> {
  addEventListener: Listen<Self, Events, AddEventListenerOptions>;
  removeEventListener: Listen<Self, Events, EventListenerOptions>;
}

/** The DOM's own three ways to name a listener, the element's events first. */
interface Listen<Self extends HTMLElement, Events, Options> {
  <Name extends keyof Events>(
    type: Name,
    listener: (this: Self, event: Events[Name]) => unknown,
    options?: boolean | Options,
  ): void;
  <Name extends Exclude<keyof HTMLElementEventMap, keyof Events>>(
    type: Name,
    listener: (this: Self, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | Options,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | Options): void;
}
