/**
 * A name from outside (a class, a run) as a label: one line, no control characters (XML has no way to write them), and cut
 * where it would push its neighbours away.
 */
export function chartLabel(name: string, longest = 24): string {
  // Control characters, lone surrogates and the two non-characters are not allowed in XML.
  const clean = name
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(clean);
  return characters.length <= longest ? clean : `${characters.slice(0, longest - 1).join('')}…`;
}
