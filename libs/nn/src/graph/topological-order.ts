import { ModaError } from '@moda/contracts';

/**
 * The same operators with every input before its use. An order that is right already stays as it is. Inputs that no operator
 * yields are passed over: they are the image, or for someone else to complain about.
 *
 * @throws ModaError ARCHITECTURE_CYCLE naming the operators of a loop
 */
export function topologicalOrder<T extends { readonly name: string; readonly inputs: readonly string[] }>(
  operators: readonly T[],
): T[] {
  const byName = new Map(operators.map((operator) => [operator.name, operator]));
  const ordered: T[] = [];
  const placed = new Set<string>();
  const path: string[] = [];
  const onPath = new Set<string>();

  const place = (operator: T): void => {
    if (placed.has(operator.name)) return;
    if (onPath.has(operator.name)) throw cycle([...path.slice(path.indexOf(operator.name)), operator.name]);
    path.push(operator.name);
    onPath.add(operator.name);
    for (const input of operator.inputs) {
      const source = byName.get(input);
      if (source) place(source);
    }
    path.pop();
    onPath.delete(operator.name);
    placed.add(operator.name);
    ordered.push(operator);
  };

  operators.forEach(place);
  return ordered;
}

/** @param loop from an operator along its inputs back to it */
function cycle(loop: readonly string[]): ModaError {
  const shown = loop.length > 12 ? [...loop.slice(0, 6), '…', ...loop.slice(-5)] : loop;
  return new ModaError(
    'ARCHITECTURE_CYCLE',
    `The operators form a loop, each taking the next as its input: ${shown.join(' <- ')}; break it.`,
    { loop },
  );
}
