import type { Augmentation } from './image-dataset.js';
import type { Rng } from './rng.js';

/** How one image is laid under the window that the network sees. */
export interface Placement {
  /** Pixel `(y, x)` of the result shows pixel `(y + down, x + right)` of the image; outside the image it is black. */
  readonly down: number;
  readonly right: number;
  /** Mirrored after the cut. */
  readonly mirrored: boolean;
}

export const asItIs: Placement = Object.freeze({ down: 0, right: 0, mirrored: false });

/** Draws a placement: first the vertical, then the horizontal offset, then the mirror; what is switched off draws nothing. */
export function drawPlacement({ cropPadding, horizontalFlip }: Augmentation, rng: Rng): Placement {
  const offset = () => (cropPadding > 0 ? rng.below(2 * cropPadding + 1) - cropPadding : 0);
  const down = offset();
  const right = offset();
  return { down, right, mirrored: horizontalFlip && rng.coin() };
}
