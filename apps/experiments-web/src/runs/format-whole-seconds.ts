import { formatNumber } from '@moda/ui';

/** A duration in seconds alone, so that a mean and its deviation have the same unit: `3,649 s`. */
export function formatWholeSeconds(seconds: number): string {
  return `${formatNumber(seconds)}\u00a0s`;
}
