/** The name that takes the fewest edits to reach from `word`, or undefined where none is near (more than half differs). */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  const wanted = word.slice(0, 64).toLowerCase(); // a longer word is near nothing, and the distance costs its square
  let best: { name: string; edits: number } | undefined;
  for (const name of names) {
    const edits = editDistance(wanted, name.toLowerCase());
    if (edits <= Math.max(wanted.length, name.length) / 2 && (!best || edits < best.edits))
      best = { name, edits };
  }
  return best?.name;
}

/** Levenshtein distance: insertions, deletions and substitutions. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const substituted = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(substituted, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
