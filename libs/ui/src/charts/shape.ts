const namespace = 'http://www.w3.org/2000/svg';

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An SVG element with these attributes, those that are undefined left out, and this text or these elements in it. */
export function shape<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes,
  ...content: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) element.setAttribute(key, String(value));
  element.append(...content);
  return element;
}

/** A length in pixels as paths have it: a tenth of a pixel is not seen. */
export function pixels(length: number): string {
  return String(Math.round(length * 10) / 10);
}
