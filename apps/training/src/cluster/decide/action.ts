import type { ErrorCode, RunState } from '@moda/contracts';

/** One step towards what should be. Each may be done twice, and each names the state that it starts from. */
export type Action =
  /** Makes the Job and the Secret of the run, or takes those that are there, and tells so in the reason of `queued`. */
  | { readonly kind: 'ensureJob' }
  /** Ends whatever the Job runs; it is gone when its pods are. */
  | { readonly kind: 'deleteJob'; readonly uid: string }
  | { readonly kind: 'explain'; readonly state: RunState; readonly reason: string }
  /** The cluster has given the run its place: an attempt begins. */
  | { readonly kind: 'claim'; readonly reason: string }
  | {
      readonly kind: 'move';
      readonly from: RunState;
      readonly to: RunState;
      readonly reason: string;
      readonly code?: ErrorCode;
      /** The pod that has the run from now on. */
      readonly pod?: { readonly name: string; readonly uid: string };
    }
  /** Back into the queue, or `failed` where it was interrupted too often without a new checkpoint. */
  | {
      readonly kind: 'settle';
      readonly from: 'interrupted' | 'preempted';
      /** Only now it is known why. */
      readonly why?: string;
    }
  /** `cancelled`, once the API server itself says that neither Job nor pod is left: what was seen may be old. */
  | { readonly kind: 'confirmGone'; readonly from: RunState; readonly reason: string };

export interface Decision {
  /** None where all is as it should be. */
  readonly action: Action | undefined;
  /** Something follows from the mere passing of time: then it has to be looked at again. */
  readonly lookAgainInMs: number | undefined;
}
