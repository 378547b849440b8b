import { heatStep, heatSteps } from './heat-steps.js';
import { escapeXml } from './svg-file.js';
import { unitGrid } from './unit-grid.js';
import { keptOf, type UnitMapLayer } from './unit-map.js';

const fileWidth = 960;
const nameWidth = 160;
const top = 40;
const gap = 10;

/**
 * The map as a file: the canvas holds pixels, so it is drawn once more as shapes.
 * @param themed An element of the page, whose theme decides the colours.
 */
export function unitMapSvg(title: string, layers: readonly UnitMapLayer[], themed: Element): string {
  const style = getComputedStyle(themed);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const colours = Array.from({ length: heatSteps }, (_, place) => colour(`--heat-${place}`));
  const edge = colour('--line-strong');
  let y = top;
  const drawn = layers.map((layer) => {
    const { columns, step, height } = unitGrid(layer, fileWidth - nameWidth - gap);
    const squares = layer.units.map(({ value, kept }, unit) => {
      const inset = kept ? 0.5 : step / 4;
      const side = step - 2 * inset - 1;
      const left = nameWidth + (unit % columns) * step + inset;
      const above = y + Math.floor(unit / columns) * step + inset;
      const fill = kept ? (colours[heatStep(value, [0, 1])] ?? 'none') : 'none';
      return `<rect x="${left}" y="${above}" width="${side}" height="${side}" fill="${fill}" stroke="${edge}" stroke-width="0.5"/>`;
    });
    const name = `${layer.name}: ${keptOf(layer)} of ${layer.units.length}`;
    const text = `<text x="${gap}" y="${y + 11}" font-size="11" fill="${colour('--ink')}">${escapeXml(name)}</text>`;
    y += Math.max(height, 16) + gap;
    return `${text}${squares.join('')}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${fileWidth}" height="${y}" viewBox="0 0 ${fileWidth} ${y}" font-family="system-ui, sans-serif">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${colour('--surface')}"/>`,
    `<text x="${gap}" y="22" font-size="14" font-weight="600" fill="${colour('--ink')}">${escapeXml(title)}</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}
