import type { Tensor } from '@moda/tensor-backend';

/**
 * The activations of one pass. Each knows how often it will still be read and is freed at the last reading, so that a pass
 * holds no more than the rest of it needs.
 */
export class Values {
  private readonly held = new Map<string, { tensor: Tensor; uses: number }>();

  constructor(private readonly usesOf: ReadonlyMap<string, number>) {}

  /** Takes ownership of the tensor. */
  put(name: string, tensor: Tensor): void {
    const uses = this.usesOf.get(name) ?? 0;
    if (uses === 0) tensor.dispose();
    else this.held.set(name, { tensor, uses });
  }

  /** Borrows a value; does not count as a reading. */
  get(name: string): Tensor {
    const entry = this.held.get(name);
    if (!entry) throw new Error(`The value of "${name}" was already freed.`);
    return entry.tensor;
  }

  /** Notes that one reading is over. */
  release(name: string): void {
    const entry = this.held.get(name);
    if (!entry) throw new Error(`The value of "${name}" was already freed.`);
    entry.uses -= 1;
    if (entry.uses > 0) return;
    entry.tensor.dispose();
    this.held.delete(name);
  }

  /** Frees whatever is left, after a pass that was cut short too. */
  dispose(): void {
    for (const { tensor } of this.held.values()) tensor.dispose();
    this.held.clear();
  }
}
