interface Counted {
  readonly value: string;
  readonly count: number;
}

/**
 * Classes that somebody may mean: those that begin with what is typed, then those with a word that does; the most frequent first. What is
 * typed in full is no suggestion.
 *
 * @param classes the most frequent first
 */
export function classSuggestions(
  classes: readonly Counted[],
  typed: string,
  most: number,
): readonly Counted[] {
  const text = plain(typed);
  if (text === '') return classes.slice(0, most);
  const beginning = classes.filter(({ value }) => plain(value).startsWith(text));
  const within = classes.filter(
    (known) => !beginning.includes(known) && plain(known.value).includes(` ${text}`),
  );
  return [...beginning, ...within].filter(({ value }) => plain(value) !== text).slice(0, most);
}

/** Without case and accents, as the registry compares. */
function plain(text: string): string {
  return text
    .trim()
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
