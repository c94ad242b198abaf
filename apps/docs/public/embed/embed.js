/**
 * The page for places that take an iframe and no script: what stands in the query
 * becomes the attributes of one element. It tells the page around it how high it is.
 */
const TAGS = ["tcp-connection", "tcp-load"];
const THEMES = ["light", "dark"];
/** Whose page it is decides what it runs, and not who links to it. */
const WITHHELD = ["worker-url"];

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const query = new URLSearchParams(location.search);
const problem = await show();
if (problem !== "") say(problem);
new ResizeObserver(tellHeight).observe(main);

/** Loads and makes the element. Returns what is wrong with the query, or an empty string. */
async function show() {
  const tag = query.get("element") ?? "tcp-connection";
  if (!TAGS.includes(tag)) return wrong("element", tag, TAGS);
  await import(`./${tag}.js`);
  const element = document.createElement(tag);
  const { observedAttributes = [] } = /** @type {{ observedAttributes?: string[] }} */ (
    element.constructor
  );
  const attributes = observedAttributes.filter((name) => !WITHHELD.includes(name));
  const own = ["element", "lang", "theme"];
  for (const [name, value] of query) {
    if (attributes.includes(name)) element.setAttribute(name, value);
    else if (!own.includes(name)) {
      const known = [...own, ...attributes].join(", ");
      return `There is no parameter “${name}”; there are ${known}.`;
    }
  }
  const theme = query.get("theme");
  if (theme !== null && !THEMES.includes(theme)) return wrong("theme", theme, THEMES);
  if (theme !== null) document.documentElement.dataset.theme = theme;
  document.documentElement.lang = query.get("lang") ?? "en";
  main.replaceChildren(element);
  return "";
}

/**
 * @param {string} name
 * @param {string} value
 * @param {readonly string[]} right
 */
function wrong(name, value, right) {
  return `The parameter “${name}” is “${value}”, but it should be ${right.join(" or ")}.`;
}

/** @param {string} text */
function say(text) {
  const line = document.createElement("p");
  line.className = "wrong";
  line.setAttribute("role", "alert");
  line.textContent = text;
  main.replaceChildren(line);
}

/** Anyone may know it: it says nothing about the reader. */
function tellHeight() {
  if (parent === window) return;
  const height = Math.ceil(main.getBoundingClientRect().height);
  parent.postMessage({ type: "synfin-height", height }, "*");
}
