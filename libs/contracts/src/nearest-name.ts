/** The name that a misspelt word most likely means, undefined where none is near. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  const wanted = word.slice(0, 40).toLowerCase();
  const [nearest] = names
    .map((name) => ({
      name,
      edits: isBeginning(wanted, name) ? 0.5 : editDistance(wanted, name.toLowerCase()),
    }))
    .filter(({ name, edits }) => edits <= Math.max(1, name.length / 2.5))
    .sort((a, b) => a.edits - b.edits);
  return nearest?.name;
}

/** Whether one of the two is the beginning of the other. */
function isBeginning(word: string, name: string): boolean {
  const known = name.toLowerCase();
  return Math.min(word.length, known.length) > 2 && (known.startsWith(word) || word.startsWith(known));
}

/** Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other. */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const above = rows[i - 1]!;
      let edits = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        edits = Math.min(edits, (rows[i - 2]?.[j - 2] ?? Infinity) + 1);
      row.push(edits);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
