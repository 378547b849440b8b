import type { Logger } from '@moda/service-kit';
import type { PodTokens } from '../../pod-desk/pod-tokens.js';
import type { RunStore } from '../../runs/run-store.js';
import type { ClusterApi } from '../api/cluster-api.js';
import type { Patience } from '../decide/patience.js';
import type { JobSettings } from '../job-settings.js';
import type { ClusterView } from '../seen/cluster-view.js';

/** What everyone needs who looks after runs in a cluster. */
export interface ClusterContext {
  readonly store: RunStore;
  readonly api: ClusterApi;
  readonly view: ClusterView;
  readonly settings: JobSettings;
  readonly tokens: Pick<PodTokens, 'tokenFor'>;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly patience: Patience;
  readonly resumesWithoutProgress: number;
  /** Something of this run was stored: whoever follows it may read on. */
  readonly onNews: (runId: string) => void;
}
