import type { TrainSpec } from '@moda/contracts';
import type { Conductor } from '../conductor/conductor.js';
import type { RunHub } from '../live/run-hub.js';
import type { Problem } from '../problem/problem.js';
import type { PublishRun } from '../publish/publish-run.js';
import type { RunStore } from '../runs/run-store.js';
import type { Orders } from '../submit/orders.js';

/** What a run will take, from the first steps of the same network. */
export interface RunEstimate {
  readonly seconds: number;
  readonly steps: number;
  readonly peakBytes: number;
  readonly device: string;
}

export type EstimateRun = (spec: TrainSpec) => Promise<RunEstimate | Problem>;

/** What the resolvers wrap. */
export interface Training {
  readonly store: RunStore;
  readonly hub: RunHub;
  readonly orders: Orders;
  readonly publishRun: PublishRun;
  readonly estimate: EstimateRun;
  /** Of whoever starts and stops workers. */
  readonly conductor: Pick<Conductor, 'cancel'>;
}
