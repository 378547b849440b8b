/** How patient a cluster conductor is; milliseconds. */
export interface Patience {
  /** Without a sign of life for so long a run does not count as running. */
  readonly silentMs: number;
  /** A pod whose image could not be pulled for so long does not get it any more: registries are away for minutes, not longer. */
  readonly imageMs: number;
  /** For the last words of a pod whose run has ended, before its Job is deleted. */
  readonly lingerMs: number;
  /** After so long a pod that is at work should have been heard. */
  readonly unheardMs: number;
}

export const defaultPatience: Patience = {
  silentMs: 30_000,
  imageMs: 15 * 60_000,
  lingerMs: 60_000,
  unheardMs: 60_000,
};
