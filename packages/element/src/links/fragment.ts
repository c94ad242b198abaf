/** The text that a fragment, `#one=text&other=x`, holds for a key; undefined for none. */
export function textIn(hash: string, key: string): string | undefined {
  const part = partsOf(hash).find((one) => one.startsWith(`${key}=`));
  return part === undefined ? undefined : decoded(part.slice(key.length + 1));
}

/** The fragment with this text, as it is, for a key; what it holds for others stays. */
export function hashWithText(hash: string, key: string, text: string): string {
  const others = partsOf(hash).filter((part) => !part.startsWith(`${key}=`));
  return `#${[...others, `${key}=${text}`].join("&")}`;
}

function partsOf(hash: string): string[] {
  return hash
    .replace(/^#/, "")
    .split("&")
    .filter((part) => part !== "");
}

/** Some programs escape more of a link than they need to. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
