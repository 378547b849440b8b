import { elementHash, fnv1a32 } from './hash.js';

/** Elements are float32(offset + scale v(name, i)), v in [-1, 1). */
export interface Formula {
  readonly offset: number;
  readonly scale: number;
}

export interface ImageRecipe {
  /** Edge of the square cells on which a class's pattern is constant, in pixels. */
  readonly cell: number;
  readonly noiseScale: number;
  readonly patternScale: number;
}

/** v(name, i) = 2 u - 1 with u = (hash >>> 8) / 2^24: a float64 in [-1, 1) that every IEEE machine computes alike. */
export function signedUnit(seed: number, index: number): number {
  return 2 * ((elementHash(seed, index) >>> 8) / 16777216) - 1;
}

/** u(name, i) in [0, 1). */
export function unitInterval(name: string, index: number): number {
  return (elementHash(fnv1a32(name), index) >>> 8) / 16777216;
}

/** Weights of variance 2 / fan_in, fan_in being the product of all but the first (output) axis. */
export function weightFormula(shape: readonly number[]): Formula {
  return { offset: 0, scale: Math.sqrt(6 / shape.slice(1).reduce((product, size) => product * size, 1)) };
}

/**
 * The tensor that the formula gives under this name, row-major in the PyTorch layout (`OIHW`, `[out, in]`, or one axis).
 *
 * @param name the parameter's name in the PyTorch layout
 */
export function formulaTensor(
  name: string,
  shape: readonly number[],
  { offset, scale }: Formula,
): Float32Array {
  const seed = fnv1a32(name);
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  for (let i = 0; i < values.length; i++) values[i] = offset + scale * signedUnit(seed, i);
  return values;
}

/**
 * Images `[batch, channel 3, height, width]`: noise of their own plus the pattern of their class.
 *
 * @param name e.g. `images:resnet18:inference`
 */
export function formulaImages(
  name: string,
  labels: readonly number[],
  { height, width }: { readonly height: number; readonly width: number },
  recipe: ImageRecipe,
): Float32Array {
  const seed = fnv1a32(name);
  const columns = Math.ceil(width / recipe.cell);
  const rows = Math.ceil(height / recipe.cell);
  const values = new Float32Array(labels.length * 3 * height * width);
  let i = 0;
  for (const label of labels) {
    const patternSeed = fnv1a32(`pattern:${label}`);
    for (let channel = 0; channel < 3; channel++) {
      for (let y = 0; y < height; y++) {
        const row = (channel * rows + Math.floor(y / recipe.cell)) * columns;
        for (let x = 0; x < width; x++, i++) {
          const pattern = signedUnit(patternSeed, row + Math.floor(x / recipe.cell));
          values[i] = recipe.noiseScale * signedUnit(seed, i) + recipe.patternScale * pattern;
        }
      }
    }
  }
  return values;
}
