/** The words of a line as a shell reads them, where it quotes with apostrophes only. */
export function shellWords(line: string): readonly string[] {
  return Array.from(line.matchAll(/(?:[^\s'\\]|'[^']*'|\\.)+/g), ([word]) =>
    word.replace(/'([^']*)'|\\(.)/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? ''),
  );
}
