import { THEME, type ToneName } from "@synfin/simulator/view";

/** A rule: a class, or several that must meet, and declarations; `$ink` names a colour. */
type Rule = readonly [classes: string, declarations: string];

/** The typeface of a drawing. */
export const MONO =
  'ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace';

const FAMILIES: readonly ToneName[] = ["opening", "open", "closing", "waiting"];

/** Keeps a text readable where a line passes behind it. */
const HALO = "paint-order:stroke;stroke:$background;stroke-width:3;stroke-linejoin:round";

/** How the shapes look. The names are those of `Shape.cls`. */
const RULES: readonly Rule[] = [
  ["band", "stroke:$line;stroke-width:1"],
  ["band.idle", "fill:$background"],
  ["pill", "stroke:none"],
  ["pill.idle", "fill:$background;stroke:$line"],
  ...FAMILIES.map((name): Rule => [name, `fill:$${name}`]),
  ["gap", "fill:none;stroke:$background;stroke-width:7"],
  ["wave", "fill:none;stroke:$soft;stroke-width:1"],
  ["bracket", "fill:none;stroke:$soft;stroke-width:1.3"],
  ["tick", "stroke:$line;stroke-width:1"],
  ["arrow", "stroke-width:1.7;stroke-linecap:round"],
  ["arrow.left", "stroke:$client"],
  ["arrow.right", "stroke:$server"],
  ["dashed", "stroke-dasharray:5 4"],
  ["head.left", "fill:$client"],
  ["head.right", "fill:$server"],
  ["cross", "fill:none;stroke:$fail;stroke-width:2.6;stroke-linecap:round"],
  ["label", HALO],
  ["soft", HALO],
  ["loss", HALO],
  ["call", HALO],
  ["timer", HALO],
  ["flags", "font-weight:700"],
  ["flags.left", "fill:$client"],
  ["flags.right", "fill:$server"],
  ["numbers", "fill:$ink"],
  ["fate", "fill:$fail;font-weight:600"],
  ["mark", "fill:$accent;font-weight:600"],
  ["detail", "fill:$soft"],
  ["loss", "fill:$fail;font-weight:600"],
  ["note", "fill:$ink"],
  ["state", "font-weight:600"],
  ["call", "fill:$soft"],
  ["error", "fill:$fail"],
  ["timer", "fill:$soft"],
  ["soft", "fill:$soft"],
  ["name", "font-weight:600"],
  ["name.left", "fill:$client"],
  ["name.right", "fill:$server"],
];

/**
 * The style sheet of a drawing below the elements that `scope` selects.
 * `tone` turns the name of a colour into what stands in the sheet.
 */
export function drawingStyle(
  scope: string,
  fontSize: number,
  tone: (name: ToneName) => string,
): string {
  const font = `${scope} text{font-family:${MONO};font-size:${fontSize}px;white-space:pre;fill:${tone("ink")}}`;
  const rules = RULES.map(([classes, body]) => `${scope} .${classes}{${coloured(body, tone)}}`);
  return [font, ...rules].join("\n");
}

/** What the rules say of a shape with these classes, by property; the later rule wins. */
export function declarationsOf(
  classes: string,
  tone: (name: ToneName) => string,
): ReadonlyMap<string, string> {
  const given = classes.split(" ");
  const matching = RULES.filter(([names]) =>
    names.split(".").every((name) => given.includes(name)),
  );
  return new Map(
    matching.flatMap(([, body]) =>
      coloured(body, tone)
        .split(";")
        .map((declaration): [string, string] => {
          const [property = "", value = ""] = declaration.split(":");
          return [property, value];
        }),
    ),
  );
}

function coloured(text: string, tone: (name: ToneName) => string): string {
  return text.replace(/\$([a-z]+)/g, (whole, name: string) => (isTone(name) ? tone(name) : whole));
}

function isTone(name: string): name is ToneName {
  return name in THEME;
}
