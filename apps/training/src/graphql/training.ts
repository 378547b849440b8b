import type { TrainSpec } from '@moda/contracts';
import type { AuditLog } from '@moda/service-kit';
import type { TokenOrders } from '../access/tokens/token-orders.js';
import type { Conductor } from '../conductor/conductor.js';
import type { RunHub } from '../live/run-hub.js';
import type { RunEstimate } from '../execution/estimator.js';
import type { FilesOfRuns } from '../files/files-of-runs.js';
import type { LogitsDesk } from '../logits/composition-logits.js';
import type { Problem } from '../problem/problem.js';
import type { PublishRun } from '../publish/publish-run.js';
import type { RunStore } from '../runs/run-store.js';
import type { Orders } from '../submit/orders.js';
import type { QueueLimits } from '../submit/why-it-waits.js';
import type { TaskOrders } from '../tasks/task-orders.js';

export type EstimateRun = (spec: TrainSpec) => Promise<RunEstimate | Problem>;

/** What the resolvers wrap. */
export interface Training {
  readonly store: RunStore;
  readonly hub: RunHub;
  readonly orders: Orders;
  readonly tasks: TaskOrders;
  readonly files: FilesOfRuns;
  readonly tokens: TokenOrders;
  readonly audit: AuditLog;
  readonly publishRun: PublishRun;
  readonly estimate: EstimateRun;
  readonly logits: LogitsDesk['logitsOf'];
  /** Of runs at the same time. */
  /** Undefined where a cluster has the queue, and says itself why a run waits. */
  readonly limits: QueueLimits | undefined;
  /** Epochs of the checkpoints that a run keeps for others, ascending. */
  readonly keptEpochs: (runId: string) => Promise<readonly number[]>;
  /** Of whoever starts and stops workers. */
  readonly conductor: Pick<Conductor, 'cancel'>;
}
