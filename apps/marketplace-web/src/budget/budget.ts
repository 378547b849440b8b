/** What a composed model may cost; a bound that is left out does not count. */
export interface Budget {
  /** Size of the weights. */
  readonly maxBytes?: number | undefined;
  /** Multiply-adds for one image. */
  readonly maxFlops?: number | undefined;
}

/** Some classes of a version at a threshold, with what they cost and how well they may be expected to do. */
export interface Offer {
  /** `owner/model@version`. */
  readonly of: string;
  /** Threshold, 0..1. */
  readonly tau: number;
  readonly weightsBytes: number;
  /** Multiply-adds for one image. */
  readonly flops: number;
  /** A stored one, 0..1; undefined where none is stored for this threshold. */
  readonly accuracy: number | undefined;
}

/** An offer that is too large, with by how much; zero where it is within a bound. */
export interface Overrun<Some extends Offer> {
  readonly offer: Some;
  readonly overBytes: number;
  readonly overFlops: number;
}

export function isWithin({ weightsBytes, flops }: Offer, { maxBytes, maxFlops }: Budget): boolean {
  return weightsBytes <= (maxBytes ?? Infinity) && flops <= (maxFlops ?? Infinity);
}
