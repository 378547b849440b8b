import { alternativeSpellings, wrapperPrefixes } from './alternative-spellings.js';

/**
 * Tensors under the names that the architecture uses: wrappers' prefixes taken off where every name has them, `num_batches_tracked`
 * left out, and other spellings replaced.
 *
 * @param wanted the names that the architecture uses
 */
export function spelledTensors<T>(
  architectureName: string,
  tensors: ReadonlyMap<string, T>,
  wanted: ReadonlySet<string>,
): Map<string, T> {
  const plain = withoutPrefixes(tensors, wanted);
  const spelled = new Map<string, T>();
  for (const [name, tensor] of plain) {
    if (name === 'num_batches_tracked' || name.endsWith('.num_batches_tracked')) continue;
    const ours = wanted.has(name) ? name : respelled(architectureName, name, wanted, plain);
    // Where two spellings claim one name, the second keeps its own and is reported as belonging nowhere.
    spelled.set(ours === undefined || spelled.has(ours) ? name : ours, tensor);
  }
  return spelled;
}

function withoutPrefixes<T>(
  tensors: ReadonlyMap<string, T>,
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, T> {
  let names = [...tensors.keys()];
  for (;;) {
    // An architecture may itself name its operators `model.…`: then the prefix stays.
    const prefix = wrapperPrefixes.find(
      (start) => names.length > 0 && names.every((name) => name.startsWith(start)),
    );
    if (prefix === undefined || names.some((name) => wanted.has(name))) break;
    names = names.map((name) => name.slice(prefix.length));
  }
  return new Map([...tensors.values()].map((tensor, i) => [names[i] ?? '', tensor]));
}

/** Our name for the tensor, where a spelling leads to one that the file does not have anyway. */
function respelled(
  architectureName: string,
  name: string,
  wanted: ReadonlySet<string>,
  present: ReadonlyMap<string, unknown>,
): string | undefined {
  const spellings = Object.hasOwn(alternativeSpellings, architectureName)
    ? (alternativeSpellings[architectureName] ?? [])
    : [];
  const padded = `.${name}`;
  for (const [theirs, ours] of spellings) {
    const candidate = padded.replace(`.${theirs}.`, `.${ours}.`).slice(1);
    if (candidate !== name && wanted.has(candidate) && !present.has(candidate)) return candidate;
  }
  return undefined;
}
