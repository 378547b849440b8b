/** Names of a model's layers: each allowed by TensorFlow.js, none twice. */
export class LayerNames {
  private readonly taken = new Set<string>();

  /** The wanted name, or the nearest one that is allowed and free. */
  claim(wanted: string): string {
    const allowed = allowedName(wanted);
    let name = allowed;
    for (let copy = 2; this.taken.has(name); copy++) name = `${allowed}_${copy}`;
    this.taken.add(name);
    return name;
  }
}

/**
 * Letters, digits, `.`, `-` and `_`, the first one a letter or a digit. (A `/` would be taken for the border between a layer and its weight.)
 * TensorFlow.js looks layers up in a plain object, which answers to names such as `constructor` before any layer has them.
 */
export function allowedName(wanted: string): string {
  const name = wanted.replace(/[^\w.-]/g, '_').replace(/^(?![A-Za-z0-9])/, 'layer');
  return name in {} ? `${name}_` : name;
}
