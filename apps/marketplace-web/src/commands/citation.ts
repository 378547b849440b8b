/** A version as a paper names it. */
export interface Cited {
  /** `owner/model@version`. */
  readonly of: string;
  readonly architecture: string;
  readonly dataset: string | null;
  /** RFC 3339. */
  readonly publishedAt: string;
  readonly publishedBy: string;
  /** `sha256:…` of the package. */
  readonly digest: string;
}

/** BibTeX for a version; the digest says which bytes are meant, whatever becomes of the address. */
export function citationOf({ of, architecture, dataset, publishedAt, publishedBy, digest }: Cited): string {
  const about = dataset === null ? architecture : `${architecture} on ${dataset}`;
  return [
    `@misc{${of.replaceAll(/[^A-Za-z0-9]+/g, '-')},`,
    `  title = {${escaped(`${of} (${about}, modular)`)}},`,
    `  author = {${escaped(publishedBy)}},`,
    `  year = {${publishedAt.slice(0, 4)}},`,
    `  note = {MODA model package, ${digest}}`,
    '}',
  ].join('\n');
}

/** Characters that mean something to TeX. */
function escaped(text: string): string {
  return text.replaceAll(/[\\{}$&#%_^~]/g, (sign) =>
    '\\^~'.includes(sign) ? `\\char${sign.charCodeAt(0)} ` : `\\${sign}`,
  );
}
