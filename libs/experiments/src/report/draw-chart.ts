import { createHash } from 'node:crypto';
import { type EChartsCoreOption, init } from 'echarts';
import { fontFamily, ink, paper, rule } from './palette.js';

export interface ChartFrame {
  readonly width: number;
  readonly height: number;
  /** What the picture shows, for people who do not see it. */
  readonly description: string;
}

/**
 * A chart as an SVG document on a light card of its own, readable on light and dark pages. Text stays text. The same options
 * give the same bytes, and no two different pictures share an id, so that both may stand in one page.
 */
export function drawChart(option: EChartsCoreOption, { width, height, description }: ChartFrame): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily, color: ink },
      graphic: [card(width, height)],
      ...option,
    });
    return finish(chart.renderToSVGString(), description);
  } finally {
    chart.dispose();
  }
}

function card(width: number, height: number): object {
  return {
    type: 'rect',
    silent: true,
    z: -10,
    shape: { x: 0.5, y: 0.5, width: width - 1, height: height - 1, r: 8 },
    style: { fill: paper, stroke: rule, lineWidth: 1 },
  };
}

/**
 * Makes the library's output a mere picture: hover styles and the marks for its own scripts go, and ids, which it numbers
 * over the life of the process, come from the content instead of from what was drawn before.
 */
function finish(svg: string, description: string): string {
  const still = svg
    .replace(/<style [\s\S]*<\/style>/, '')
    .replace(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*")/g, '');
  const digest = createHash('sha256').update(still.replace(identifier, '$1')).digest('hex').slice(0, 8);
  const titled = still
    .replace(identifier, `$1m${digest}-`)
    .replace(
      /^<svg ([^>]*)>/,
      (_whole, attributes: string) =>
        `<svg role="img" ${attributes}>\n<title>${escapeXml(description)}</title>`,
    );
  return `${titled.replace(/\n{2,}/g, '\n').trimEnd()}\n`;
}

/** Where an id or a reference to one stands, and the part of it that counts charts. */
const identifier = /(id="|url\(#|href="#)zr\d+-/g;

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
