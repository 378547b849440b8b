/** An element of an SVG document. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SvgElement[];
  /** Its own text and that of its children. */
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: SvgElement[];
  text: string;
}

const token =
  /<!\[CDATA\[(?<data>[\s\S]*?)\]\]>|<(?<close>\/)?(?<name>[A-Za-z][\w:-]*)(?<attributes>(?:\s+[\w:-]+="[^"<]*")*)\s*(?<alone>\/)?>|(?<text>[^<]+)/y;

/** Reads well-formed XML (the part of it that pictures use) and throws on anything else. */
export function readSvg(source: string): SvgElement {
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  token.lastIndex = 0;
  while (token.lastIndex < source.length) {
    const at = token.lastIndex;
    const groups = token.exec(source)?.groups;
    const parent = open.at(-1);
    if (!groups || !parent) throw new Error(`Not well-formed at ${at}: ${source.slice(at, at + 40)}`);
    const { data, close, name, attributes, alone, text } = groups;
    if (data !== undefined) continue;
    if (text !== undefined) parent.text += decoded(text);
    else if (close) {
      if (parent.name !== name) throw new Error(`</${name ?? ''}> closes <${parent.name}>`);
      open.pop();
      const outer = open.at(-1);
      outer?.children.push(parent);
      if (outer) outer.text += parent.text;
    } else {
      const element: Open = {
        name: name ?? '',
        attributes: attributesOf(attributes ?? ''),
        children: [],
        text: '',
      };
      if (alone) parent.children.push(element);
      else open.push(element);
    }
  }
  const [only] = root.children;
  if (open.length !== 1 || root.children.length !== 1 || !only)
    throw new Error('There is not exactly one closed root element.');
  return only;
}

/** Every element below one, itself included. */
export function allElements(element: SvgElement): readonly SvgElement[] {
  return [element, ...element.children.flatMap(allElements)];
}

/** What the texts of a picture say. */
export function textsOf(svg: string): readonly string[] {
  return allElements(readSvg(svg))
    .filter(({ name }) => name === 'text')
    .map(({ text }) => text);
}

function attributesOf(source: string): Record<string, string> {
  const found = [...source.matchAll(/([\w:-]+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, decoded(value)] as const,
  );
  if (new Set(found.map(([name]) => name)).size !== found.length)
    throw new Error(`An attribute twice in${source}`);
  return Object.fromEntries(found);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  // What XML 1.0 cannot hold at all, not even escaped.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text))
    throw new Error('A character that XML does not allow.');
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (_whole, code?: string, name?: string) => {
    if (code !== undefined) return String.fromCodePoint(Number(code));
    const character = name === undefined ? undefined : entities[name];
    if (character === undefined) throw new Error('A bare ampersand.');
    return character;
  });
}
