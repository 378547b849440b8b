import { formatBytes, formatCount, formatShare, type SelectOption } from '@moda/ui';

const anyBound = { value: '', label: 'any' };

/** Sizes of weights that one chooses between, in bytes. */
const bytes = [25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000, 25_000_000];
/** Multiply-adds for one image. */
const flops = [1e5, 5e5, 1e6, 5e6, 1e7, 5e7, 1e8, 5e8];
/** Shares of right answers, 0..1. */
const accuracies = [0.99, 0.98, 0.95, 0.9, 0.8, 0.5];
const inputs = ['28x28x1', '32x32x1', '32x32x3', '64x64x3', '224x224x3'];

/** Choices for "at most so many bytes"; one from the address that is not among them comes too. */
export const byteOptions = (chosen: number | null) => bounds(bytes, chosen, (n) => `up to ${formatBytes(n)}`);
export const flopOptions = (chosen: number | null) => bounds(flops, chosen, (n) => `up to ${formatCount(n)}`);
export const accuracyOptions = (chosen: number | null) =>
  bounds(
    accuracies,
    chosen,
    (share) => `at least ${formatShare(share, share * 100 === Math.round(share * 100) ? 0 : 1)}`,
  );

export function inputOptions(chosen: string | null): readonly SelectOption[] {
  const sizes = chosen === null || inputs.includes(chosen) ? inputs : [chosen, ...inputs];
  return [anyBound, ...sizes.map((value) => ({ value, label: value.replaceAll('x', ' × ') }))];
}

function bounds(
  known: readonly number[],
  chosen: number | null,
  label: (bound: number) => string,
): readonly SelectOption[] {
  const all = chosen === null || known.includes(chosen) ? known : [chosen, ...known];
  return [anyBound, ...all.map((bound) => ({ value: String(bound), label: label(bound) }))];
}
