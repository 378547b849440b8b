import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Tokens = Readonly<Record<string, string>>;

function readTokens(block: string): Tokens {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value],
    ),
  );
}

const [lightBlock = '', darkBlock = ''] = css.split(":root[data-theme='dark']");
const themes: Readonly<Record<string, Tokens>> = {
  light: readTokens(lightBlock),
  dark: readTokens(darkBlock),
};

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const everySurface = ['page', 'surface', 'surface-2'];
const series = Array.from({ length: 8 }, (_, place) => `series-${place + 1}`);
const steps = Array.from({ length: 9 }, (_, step) => step);

/** What is read on what. */
const texts: readonly (readonly [string, string])[] = [
  ...everySurface.flatMap((surface) => [['ink', surface] as const, ['ink-2', surface] as const]),
  ...['page', 'surface', 'surface-2'].map((surface) => ['accent', surface] as const),
  ...['good', 'warn', 'bad'].flatMap((tone) => [
    [tone, `${tone}-soft`] as const,
    [tone, 'surface'] as const,
    [tone, 'page'] as const,
  ]),
  ['accent', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['ink-2', 'accent-soft'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-strong'],
  ...steps.flatMap((step) => [
    [`heat-ink-${step}`, `heat-${step}`] as const,
    [`diverging-ink-${step}`, `diverging-${step}`] as const,
  ]),
];

/** Edges of what can be operated, and shapes that carry meaning. */
const shapes: readonly (readonly [string, string])[] = [
  ...everySurface.flatMap((surface) => [['line-strong', surface] as const, ['focus', surface] as const]),
  ['focus', 'accent-soft'],
  ['accent', 'line'],
  ...series.map((line) => [line, 'surface'] as const),
  ...['good', 'warn', 'bad', 'accent'].map((tone) => [tone, 'surface'] as const),
];

describe.each(Object.keys(themes))('the %s theme', (theme) => {
  const tokens = themes[theme] ?? {};
  const ratio = ([one, other]: readonly [string, string]) => contrast(tokens[one] ?? '', tokens[other] ?? '');

  it('gives a colour to every name', () => {
    const names = Object.keys(themes.light ?? {}).sort();
    expect(names.length).toBeGreaterThan(40);
    expect(Object.keys(tokens).sort()).toEqual(names);
  });

  it.each(texts)('lets %s be read on %s', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)('lets the shape %s be seen on %s', (...pair) => {
    expect(ratio(pair)).toBeGreaterThanOrEqual(3);
  });

  it('goes one way through the steps of a map', () => {
    const light = steps.map((step) => luminance(tokens[`heat-${step}`] ?? ''));
    const sorted = [...light].sort((a, b) => (theme === 'light' ? b - a : a - b));
    expect(light).toEqual(sorted);
  });
});

describe('the formula of contrast', () => {
  it('gives 21 for black on white and 1 for a colour on itself', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#1552c0', '#1552c0')).toBe(1);
  });
});
