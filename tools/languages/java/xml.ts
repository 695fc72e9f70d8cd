/** An element of a document: its name without a prefix, its own text and what lies in it. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

interface Open {
  name: string;
  text: string;
  children: XmlElement[];
}

const token =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<[?!][^>]*>|<(\/?)\s*([^\s/>]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>|([^<]+)/g;

/**
 * Reads the elements of an XML text, as far as manifests need them: attributes and doctypes are left out, and nothing
 * outside the text is ever looked at. Pure.
 *
 * @throws Error with a short reason where the elements do not close
 */
export function parseXml(source: string): XmlElement {
  const root: Open = { name: '', text: '', children: [] };
  const stack: Open[] = [root];
  for (const [, data, slash, name, rest, text] of source.replace(/^\uFEFF/, '').matchAll(token)) {
    const top = stack.at(-1) as Open;
    if (data !== undefined) top.text += data;
    else if (text !== undefined) top.text += entities(text);
    else if (name === undefined) continue;
    else if (slash === '/') {
      if (stack.length === 1 || top.name !== local(name)) throw new Error(`</${name}> closes nothing`);
      stack.pop();
    } else {
      const element: Open = { name: local(name), text: '', children: [] };
      top.children.push(element);
      if (!rest?.trimEnd().endsWith('/')) stack.push(element);
    }
  }
  if (stack.length > 1) throw new Error(`<${stack.at(-1)?.name}> is never closed`);
  const [first] = root.children;
  if (first === undefined) throw new Error('it holds no element');
  return first;
}

/** The element down a path of names, the first of each. */
export function childAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce((at, name) => at?.children.find((child) => child.name === name), element);
}

/** Trimmed text of the element down a path; undefined where there is none, or an empty one. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return childAt(element, ...path)?.text.trim() || undefined;
}

/** Elements of one name down a path. */
export function childrenAt(
  element: XmlElement | undefined,
  path: readonly string[],
  name: string,
): readonly XmlElement[] {
  return childAt(element, ...path)?.children.filter((child) => child.name === name) ?? [];
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function entities(text: string): string {
  return text.replace(/&(#x?[\da-f]+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name] ?? whole;
    const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return Number.isInteger(code) && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
