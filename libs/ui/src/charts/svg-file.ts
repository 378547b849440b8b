/** What decides how a shape looks; each is written into the file as it is on the screen, in this theme. */
const looks = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant',
  'text-anchor',
] as const;

export interface FileLegend {
  readonly label: string;
  readonly colour: string;
  readonly dash: string | undefined;
}

const titleHeight = 32;
const legendLine = 20;
const margin = 12;

/**
 * A drawing as a file that needs nothing else: colours and fonts resolved, title above, legend below, on the page's surface.
 * @param drawing The SVG as it stands in the page.
 */
export function svgFile(drawing: SVGSVGElement, title: string, legend: readonly FileLegend[] = []): string {
  const width = Number(drawing.getAttribute('width')) || drawing.clientWidth;
  const height = Number(drawing.getAttribute('height')) || drawing.clientHeight;
  const inner = drawing.cloneNode(true) as SVGSVGElement;
  resolveLooks(drawing, inner);
  inner.querySelectorAll('style').forEach((sheet) => sheet.remove());
  inner.setAttribute('x', String(margin));
  inner.setAttribute('y', String(titleHeight));
  inner.setAttribute('overflow', 'visible');
  const colour = (name: string) => getComputedStyle(drawing).getPropertyValue(name).trim();
  const lines = legend.map(({ label, colour: stroke, dash }, line) => {
    const y = titleHeight + height + (line + 0.5) * legendLine;
    const resolved = /^var\((.+)\)$/.exec(stroke)?.[1];
    return (
      `<path d="M${margin} ${y}h28" stroke="${escapeXml(resolved ? colour(resolved) : stroke)}" stroke-width="2"` +
      `${dash ? ` stroke-dasharray="${escapeXml(dash)}"` : ''}/>` +
      `<text x="${margin + 36}" y="${y + 4}" font-size="12" fill="${colour('--ink')}">${escapeXml(label)}</text>`
    );
  });
  const whole = {
    width: width + 2 * margin,
    height: titleHeight + height + legend.length * legendLine + margin,
  };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" ` +
      `viewBox="0 0 ${whole.width} ${whole.height}" font-family="system-ui, sans-serif">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${colour('--surface')}"/>`,
    `<text x="${margin}" y="20" font-size="14" font-weight="600" fill="${colour('--ink')}">${escapeXml(title)}</text>`,
    new XMLSerializer().serializeToString(inner),
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function resolveLooks(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const look of looks) {
    const value = style.getPropertyValue(look);
    if (value !== '') to.setAttribute(look, value);
  }
  to.removeAttribute('class');
  to.removeAttribute('style');
  Array.from(from.children).forEach((child, place) => {
    const copy = to.children[place];
    if (copy) resolveLooks(child, copy);
  });
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
