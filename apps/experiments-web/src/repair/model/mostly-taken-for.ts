import type { RunEvaluation } from '@moda/contracts';

/** The other class that images of a class are most often taken for; undefined where none is. */
export function mostlyTakenFor(
  { confusion, perClass }: Pick<RunEvaluation, 'confusion' | 'perClass'>,
  label: number,
): { readonly name: string; readonly count: number } | undefined {
  let worst = { position: -1, count: 0 };
  (confusion[label] ?? []).forEach((count, position) => {
    if (position !== label && count > worst.count) worst = { position, count };
  });
  const name = perClass[worst.position]?.name;
  return name === undefined ? undefined : { name, count: worst.count };
}
