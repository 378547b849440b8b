import type { RunState } from '@moda/contracts';

/** What a worker may say; the store itself says how the state changes. */
export type ReportedBody =
  | {
      readonly kind: 'metric';
      /** Steps of the optimizer since the beginning of the run: the identity of the point. */
      readonly step: number;
      readonly epoch?: number;
      /** By name; numbers that are not finite are kept too. */
      readonly values: Readonly<Record<string, number>>;
    }
  | {
      readonly kind: 'log';
      readonly level: 'info' | 'warning' | 'error';
      readonly attempt: number;
      readonly line: number;
      readonly text: string;
    }
  | {
      readonly kind: 'checkpoint';
      readonly epoch: number;
      readonly step: number;
      readonly digest?: string;
    }
  | {
      readonly kind: 'artifact';
      readonly name: string;
      readonly digest?: string;
      readonly sizeBytes: number;
    }
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number;
      /** What is counted; as before where it is left out. */
      readonly unit?: string;
    };

export type EventBody =
  | {
      readonly kind: 'state';
      /** Absent for the first. */
      readonly from?: RunState;
      readonly to: RunState;
      readonly reason: string;
    }
  | ReportedBody;

export type EventKind = EventBody['kind'];

export interface RunEvent {
  readonly runId: string;
  /** 1, 2, 3 … of its run: what was read up to a number is complete, and the number is the token to go on from. */
  readonly sequence: number;
  /** When it was stored. */
  readonly at: Date;
  readonly body: EventBody;
}

export interface Transition {
  /** Absent for the first. */
  readonly from: RunState | undefined;
  readonly to: RunState;
  readonly reason: string;
  readonly at: Date;
}
