import type { RunRecord } from '../runs/run-record.js';

export interface PodName {
  readonly name: string;
  readonly uid: string;
}

/** Whoever has to know what the pods of runs say. */
export interface PodEars {
  /**
   * The courier of a pod has begun; asked again by the same pod, the answer is as good. `token` goes into every later call, and the journal
   * of this pod begins at `offset` of the run's journal. Refused where the run has ended or the pod is not of its Job.
   */
  begin(
    id: string,
    pod: PodName,
  ): Promise<
    | {
        readonly kind: 'begun';
        readonly token: string;
        readonly offset: number;
        readonly attempt: number;
        readonly run: RunRecord;
      }
    | { readonly kind: 'refused'; readonly reason: string }
  >;
  /** `lost`: another pod has the run, or it has ended: end the worker at once. `stop`: end it with a checkpoint. */
  hear(
    id: string,
    token: string,
    news: { readonly kind: 'started'; readonly device?: string } | { readonly kind: 'beat' },
  ): Promise<'heard' | 'stop' | 'lost'>;
  /**
   * Whole lines of a journal, for a place of the run's journal in bytes; the answer says where to go on. An `end` line is acknowledged only
   * once the final state of the run is stored.
   */
  journal(
    id: string,
    token: string,
    offset: number,
    lines: Uint8Array,
  ): Promise<{ readonly kind: 'stored' | 'elsewhere'; readonly offset: number } | { readonly kind: 'lost' }>;
}
