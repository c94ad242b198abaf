/**
 * What the analyzer does not read by itself, because it need not stand above
 * the class but may where it is made: events in the element's map of events, parts
 * and custom properties above its style sheets.
 *
 * The analyzer brings a TypeScript of its own, older than ours, which has no types for it.
 *
 * @typedef {any} TypeScript
 * @typedef {any} Node
 * @typedef {import("custom-elements-manifest/schema.js").Package} Package
 * @typedef {import("custom-elements-manifest/schema.js").CustomElement} Element
 * @typedef {{ name: string, description: string }} Named
 * @typedef {{ cssParts: Named[], cssProperties: Named[], cssStates: Named[] }} Styles
 */

/** A plugin of the analyzer, which calls it for each node of each module, and then once more. */
export function documented() {
  /** @type {Map<string, NonNullable<Element["events"]>>} */
  const maps = new Map();
  /** @type {Map<string, Styles>} */
  const sheets = new Map();
  /** The variable that a class takes its style sheets from. @type {Map<string, string>} */
  const sheetsOf = new Map();
  return {
    name: "synfin-documented",
    /** @param {{ ts: TypeScript, node: Node }} at */
    analyzePhase({ ts, node }) {
      if (ts.isInterfaceDeclaration(node)) {
        if (node.name.text.endsWith("EventMap")) maps.set(node.name.text, eventsIn(ts, node));
      } else if (ts.isVariableStatement(node)) {
        for (const { name } of node.declarationList.declarations) {
          sheets.set(name.getText(), stylesAbove(node));
        }
      } else if (ts.isClassDeclaration(node) && node.name !== undefined) {
        sheetsOf.set(node.name.text, sheetsIn(ts, node));
      }
    },
    /** @param {{ customElementsManifest: Package }} at */
    packageLinkPhase({ customElementsManifest }) {
      for (const element of elementsOf(customElementsManifest)) {
        const map = maps.get(`${element.name}EventMap`) ?? [];
        const styles = sheets.get(sheetsOf.get(element.name) ?? "");
        // What the analyzer guesses from calls of dispatchEvent has no words, and stays away.
        const told = element.events?.filter(({ description }) => description !== undefined);
        element.events = together(told, map);
        element.cssParts = together(element.cssParts, styles?.cssParts);
        element.cssProperties = together(element.cssProperties, styles?.cssProperties);
        if (styles?.cssStates.length) Object.assign(element, { cssStates: styles.cssStates });
      }
    },
  };
}

/**
 * What is documented above the class, and after it what is where it is made. Of a name
 * that is in both, the class's words stand.
 *
 * @template {{ name: string, description?: string }} Entry
 * @param {readonly Entry[]} [above]
 * @param {readonly Entry[]} [made]
 * @returns {Entry[]}
 */
function together(above = [], made = []) {
  const rest = made.filter(({ name }) => !above.some((one) => one.name === name));
  return [
    ...above.map((one) => {
      const same = made.find(({ name }) => name === one.name);
      return { ...one, ...same, description: onOneLine(one.description ?? same?.description) };
    }),
    ...rest,
  ];
}

/**
 * The elements of a manifest.
 *
 * @param {Package} manifest
 * @returns {Element[]}
 */
export function elementsOf({ modules }) {
  return modules
    .flatMap(({ declarations = [] }) => declarations)
    .filter((one) => "tagName" in one && one.tagName !== undefined)
    .map((one) => /** @type {Element} */ (one));
}

/**
 * @param {TypeScript} ts
 * @param {Node} map
 * @returns {NonNullable<Element["events"]>}
 */
function eventsIn(ts, map) {
  return map.members.filter(ts.isPropertySignature).map((/** @type {Node} */ member) => ({
    name: ts.isStringLiteral(member.name) ? member.name.text : member.name.getText(),
    type: { text: member.type?.getText() ?? "Event" },
    description: onOneLine(commentsAbove(member).at(-1)?.comment),
  }));
}

/**
 * @param {Node} node
 * @returns {Styles}
 */
function stylesAbove(node) {
  const tags = commentsAbove(node).flatMap((comment) => comment.tags ?? []);
  /** @param {string} name */
  const tagged = (name) =>
    tags
      .filter(({ tagName }) => tagName.text === name)
      .map(({ comment }) => {
        const [, tag = "", description = ""] = /^(\S+) - (.*)$/.exec(onOneLine(comment)) ?? [];
        return { name: tag, description };
      });
  return {
    cssParts: tagged("csspart"),
    cssProperties: tagged("cssprop"),
    cssStates: tagged("cssstate"),
  };
}

/**
 * @param {TypeScript} ts
 * @param {Node} node
 * @returns {string}
 */
function sheetsIn(ts, node) {
  const styles = node.members
    .filter(ts.isPropertyDeclaration)
    .find((/** @type {Node} */ { name }) => name.getText() === "styles");
  return styles?.initializer?.getText() ?? "";
}

/**
 * What TypeScript has read of the comments above a node.
 *
 * @typedef {{ tagName: { text: string }, comment?: string | object }} Tag
 * @param {Node} node
 * @returns {{ comment?: string | object, tags?: readonly Tag[] }[]}
 */
function commentsAbove(node) {
  return node.jsDoc ?? [];
}

/**
 * @param {string | object | undefined} comment
 * @returns {string}
 */
export function onOneLine(comment) {
  return typeof comment === "string" ? comment.replace(/\s*\n\s*/g, " ").trim() : "";
}
