const identifier = String.raw`\(*[A-Za-z0-9][A-Za-z0-9.+-]*\)*`;
const expression = new RegExp(`^${identifier}(?: (?:AND|OR|WITH) ${identifier})*$`);
const longest = 100;

/**
 * Whether a text has the shape of an SPDX identifier or expression, as in `MIT OR Apache-2.0`. It spares people a refusal; the registry decides.
 */
export function looksLikeLicense(text: string): boolean {
  return text.length <= longest && expression.test(text);
}
