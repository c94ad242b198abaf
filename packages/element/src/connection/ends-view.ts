import { formatEndpoint } from "@synfin/simulator/view";
import { html, type TemplateResult } from "lit";
import { stateFamily } from "../ladder/draw.ts";
import type { Scene } from "./scene.ts";

/** Both ends over their lifelines, each with its present state in letters. */
export function endsView({ frame, trace, recorded }: Scene): TemplateResult {
  return html`<div class="ends" part="ends">
    ${frame.ends.map(({ side, host, state }) => {
      const found = trace.hosts.find(({ name }) => name === host);
      return html`<div class="end ${side}">
        <span class="host"><b>${host}</b> <span class="address">${found === undefined ? "" : formatEndpoint(found.address, found.port)}</span></span>
        ${recorded === "capture" ? "" : html`<span class="state ${stateFamily(state)}">${state}</span>`}
      </div>`;
    })}
  </div>`;
}
