import { html, type TemplateResult } from "lit";

/** A list of files behind a button; a choice, Escape or a look elsewhere closes it. */
export function exportMenu<Format extends string>(
  label: string,
  files: readonly (readonly [format: Format, name: string])[],
  save: (format: Format) => void,
): TemplateResult {
  const menu = (event: Event): HTMLDetailsElement => event.currentTarget as HTMLDetailsElement;
  const leave = (event: FocusEvent): void => {
    if (!menu(event).contains(event.relatedTarget as Node | null)) menu(event).open = false;
  };
  const close = (event: Event): void => {
    menu(event).open = false;
    menu(event).querySelector("summary")?.focus();
  };
  const choose = (event: Event): void => {
    const found = files.find(([format]) => format === (event.target as HTMLElement).id);
    if (found === undefined) return;
    close(event);
    save(found[0]);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") close(event);
  };
  return html`<details class="menu" part="export" @focusout=${leave} @click=${choose} @keydown=${onKey}>
    <summary>${label}</summary>
    <div>
      ${files.map(([format, name]) => html`<button type="button" id=${format}>${name}</button>`)}
    </div>
  </details>`;
}
