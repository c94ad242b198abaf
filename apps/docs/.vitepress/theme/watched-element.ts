import { useData } from "vitepress";
import { defineComponent, h, onBeforeUnmount, onMounted, ref } from "vue";
import { data as eventNames } from "../elements/events.data.ts";

const WORDS = {
  en: { html: "Its HTML now", events: "Its last events", none: "none yet" },
  ko: { html: "지금의 HTML", events: "최근 이벤트", none: "아직 없음" },
} as const;

/** As many as a reader takes in at a glance. */
const SHOWN = 4;

/**
 * Tells beside the element in it what a script of the page would see: its
 * attributes as they are now, and the events that it fires.
 */
export const WatchedElement = defineComponent({
  name: "WatchedElement",
  setup(_, { slots }) {
    const { lang } = useData();
    const root = ref<HTMLElement>();
    const html = ref("");
    const events = ref<readonly string[]>([]);
    const leaving = new AbortController();

    onMounted(() => {
      const element = root.value?.firstElementChild;
      if (!(element instanceof HTMLElement)) return;
      const look = (): void => {
        html.value = (element.cloneNode(false) as HTMLElement).outerHTML;
      };
      const observer = new MutationObserver(look);
      observer.observe(element, { attributes: true });
      leaving.signal.addEventListener("abort", () => observer.disconnect());
      look();
      for (const name of eventNames[element.localName] ?? []) {
        const note = (event: Event): void => {
          events.value = [...events.value.slice(1 - SHOWN), told(event)];
        };
        element.addEventListener(name, note, { signal: leaving.signal });
      }
    });
    onBeforeUnmount(() => leaving.abort());

    return () => {
      const words = WORDS[lang.value === "ko" ? "ko" : "en"];
      const log = events.value.length === 0 ? words.none : events.value.join("\n");
      return h("div", { class: "watched" }, [
        h("div", { ref: root }, slots["default"]?.()),
        h("dl", [
          h("dt", words.html),
          h("dd", html.value),
          h("dt", words.events),
          h("dd", { class: "watched-events" }, log),
        ]),
      ]);
    };
  },
});

/** `tcp-step { step: 3, steps: 14, atUs: 250000 }`; what is deeper is left out. */
function told(event: Event): string {
  const detail: unknown = event instanceof CustomEvent ? event.detail : undefined;
  if (typeof detail !== "object" || detail === null) return event.type;
  const fields = Object.entries(detail).map(
    ([name, value]) => `${name}: ${typeof value === "object" ? "…" : JSON.stringify(value)}`,
  );
  return `${event.type} { ${fields.join(", ")} }`;
}
