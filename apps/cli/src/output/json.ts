/** A result as one JSON document, ready to be read by another program. */
export function toJson(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
