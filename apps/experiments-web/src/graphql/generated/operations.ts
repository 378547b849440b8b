// Generated from the supergraph and the operations beside it by tools/codegen; a change here is lost.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What a reader may do with a version; its digest stays resolvable in every state. */
export type VersionState = 'deprecated' | 'released' | 'yanked';

/** What people may do, each including the ones before. */
export type Role = 'admin' | 'publisher' | 'researcher' | 'viewer';

export type Archived = 'any' | 'no' | 'yes';

/** `queue`: in the order in which they are started. `mostAccurate`: those without an accuracy last. */
export type RunOrder = 'mostAccurate' | 'newest' | 'oldest' | 'queue';

export type LogLevel = 'error' | 'info' | 'warning';

export type RunEventKind = 'artifact' | 'checkpoint' | 'log' | 'metric' | 'progress' | 'state';

/** queued → admitted → starting → running → (checkpointing) → succeeded, failed or cancelled; preempted and interrupted runs go back to the queue. */
export type RunState =
  | 'admitted'
  | 'cancelled'
  | 'checkpointing'
  | 'failed'
  | 'interrupted'
  | 'preempted'
  | 'queued'
  | 'running'
  | 'starting'
  | 'succeeded';

/** What is done with a class that a weak model does badly. */
export type ReplaceClassInput = {
  /** Of the weak model, by name or number. */
  readonly class: string;
  /** A request that is sent again with the same key finds the run of the first one. */
  readonly idempotencyKey?: string | null | undefined;
  readonly name?: string | null | undefined;
  /** `moda` (a calibration layer is trained; the default) or `cnnsplitter` (the higher score wins). */
  readonly strategy?: string | null | undefined;
  /** The run whose model has a module for it. */
  readonly strong: string;
  /** Of the strong model; the class of the same label in the data set if left out. */
  readonly strongClass?: string | null | undefined;
  /** Of the strong model's module, 0..1; 0.9 if left out. */
  readonly tau?: number | null | undefined;
  /** The run whose model is to be repaired. */
  readonly weak: string;
};

/** Everything given must hold. */
export type RunCriteriaInput = {
  readonly arch?: string | null | undefined;
  readonly archived?: Archived;
  readonly dataset?: string | null | undefined;
  readonly experiment?: string | null | undefined;
  readonly ids?: ReadonlyArray<string> | null | undefined;
  /** Those forked from this run. */
  readonly parentId?: string | null | undefined;
  readonly states?: ReadonlyArray<RunState> | null | undefined;
  /** All of them. */
  readonly tags?: ReadonlyArray<string> | null | undefined;
  /** Part of the name, the experiment or the id. */
  readonly text?: string | null | undefined;
  readonly user?: string | null | undefined;
};

export type SubmitRunInput = {
  /** Check and estimate only; nothing is stored. */
  readonly dryRun?: boolean;
  /** Name of the group of runs that it is compared with. */
  readonly experiment: string;
  /** A request that is sent again with the same key finds the run of the first one. */
  readonly idempotencyKey?: string | null | undefined;
  readonly name?: string | null | undefined;
  readonly notes?: string | null | undefined;
  /** The higher, the sooner; 0 if left out. */
  readonly priority?: number | null | undefined;
  /** The fields of `moda train`: arch, dataset, method, epochs, … */
  readonly spec: Record<string, unknown>;
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

export type SweepInput = {
  /** The spec that they have in common. */
  readonly base: Record<string, unknown>;
  readonly experiment: string;
  /** Lists of values for arch, learningRate, alpha, beta, gamma, seed: a run for each combination. */
  readonly grid: Record<string, unknown>;
  readonly idempotencyKey?: string | null | undefined;
  readonly priority?: number | null | undefined;
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

/** What is left out stays; null takes a text away. */
export type UpdateRunInput = {
  readonly archived?: boolean | null | undefined;
  readonly id: string;
  readonly name?: string | null | undefined;
  readonly notes?: string | null | undefined;
  readonly tags?: ReadonlyArray<string> | null | undefined;
};

export type ModulesOfRunQueryVariables = Exact<{
  id: string;
}>;

export type ModulesOfRunQuery = {
  readonly run: {
    readonly id: string;
    readonly name: string | null;
    readonly experimentName: string;
    readonly state: RunState;
    readonly reason: string;
    readonly task: Record<string, unknown>;
    readonly spec: Record<string, unknown>;
    readonly device: string | null;
    readonly artifacts: ReadonlyArray<{
      readonly name: string;
      readonly sizeBytes: number;
      readonly url: string;
    }> | null;
  } | null;
};

export type DerivedRunsQueryVariables = Exact<{
  experiment: string;
  after?: string | null | undefined;
}>;

export type DerivedRunsQuery = {
  readonly runs: {
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly name: string | null;
        readonly state: RunState;
        readonly reason: string;
        readonly progressShare: number;
        readonly task: Record<string, unknown>;
        readonly device: string | null;
        readonly createdAt: string;
        readonly outcome: { readonly seconds: number | null } | null;
      };
    }>;
  } | null;
};

export type ResultOfRunQueryVariables = Exact<{
  id: string;
}>;

export type ResultOfRunQuery = {
  readonly run: {
    readonly id: string;
    readonly state: RunState;
    readonly result: Record<string, unknown> | null;
    readonly device: string | null;
    readonly endedAt: string | null;
  } | null;
};

export type DecomposeForModulesMutationVariables = Exact<{
  id: string;
  tau?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
}>;

export type DecomposeForModulesMutation = {
  readonly decomposeRun:
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | { readonly __typename: 'Submission'; readonly created: boolean; readonly run: { readonly id: string } }
    | null;
};

export type SweepTauOfModulesMutationVariables = Exact<{
  id: string;
  taus: ReadonlyArray<number> | number;
  idempotencyKey?: string | null | undefined;
}>;

export type SweepTauOfModulesMutation = {
  readonly sweepTau:
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | { readonly __typename: 'Submission'; readonly created: boolean; readonly run: { readonly id: string } }
    | null;
};

export type SubmitRunMutationVariables = Exact<{
  input: SubmitRunInput;
}>;

export type SubmitRunMutation = {
  readonly submitRun:
    | {
        readonly __typename: 'DryRun';
        readonly command: string;
        readonly spec: Record<string, unknown>;
        readonly estimate:
          | {
              readonly __typename: 'Estimate';
              readonly device: string;
              readonly peakBytes: number;
              readonly seconds: number;
              readonly steps: number;
            }
          | {
              readonly __typename: 'Problem';
              readonly code: string;
              readonly message: string;
              readonly nearest: string | null;
              readonly details: Record<string, unknown>;
            };
      }
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly nearest: string | null;
        readonly details: Record<string, unknown>;
      }
    | { readonly __typename: 'Submission'; readonly created: boolean; readonly run: { readonly id: string } }
    | null;
};

export type SweepRunsMutationVariables = Exact<{
  input: SweepInput;
}>;

export type SweepRunsMutation = {
  readonly sweep:
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly nearest: string | null;
        readonly details: Record<string, unknown>;
      }
    | {
        readonly __typename: 'Sweep';
        readonly submissions: ReadonlyArray<{
          readonly created: boolean;
          readonly run: { readonly id: string };
        }>;
      }
    | null;
};

export type ExperimentNamesQueryVariables = Exact<{ [key: string]: never }>;

export type ExperimentNamesQuery = {
  readonly experiments: ReadonlyArray<{
    readonly id: string;
    readonly name: string;
    readonly runCount: number;
  }> | null;
};

export type PaperRunsQueryVariables = Exact<{
  dataset: string;
  after?: string | null | undefined;
}>;

export type PaperRunsQuery = {
  readonly runs: {
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly name: string | null;
        readonly task: Record<string, unknown>;
        readonly spec: Record<string, unknown>;
        readonly device: string | null;
        readonly endedAt: string | null;
        readonly outcome: { readonly accuracy: number | null; readonly seconds: number | null } | null;
      };
    }>;
  } | null;
};

export type PaperResultsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;

export type PaperResultsQuery = {
  readonly runs: {
    readonly edges: ReadonlyArray<{
      readonly node: { readonly id: string; readonly result: Record<string, unknown> | null };
    }>;
  } | null;
};

export type PaperEstimateQueryVariables = Exact<{
  spec: Record<string, unknown>;
}>;

export type PaperEstimateQuery = {
  readonly estimate:
    | {
        readonly __typename: 'Estimate';
        readonly seconds: number;
        readonly peakBytes: number;
        readonly steps: number;
        readonly device: string;
      }
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | null;
};

export type PaperRunMutationVariables = Exact<{
  input: SubmitRunInput;
}>;

export type PaperRunMutation = {
  readonly submitRun:
    | { readonly __typename: 'DryRun' }
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | { readonly __typename: 'Submission'; readonly created: boolean; readonly run: { readonly id: string } }
    | null;
};

export type RepairRunFragment = {
  readonly id: string;
  readonly name: string | null;
  readonly experimentName: string;
  readonly state: RunState;
  readonly reason: string;
  readonly task: Record<string, unknown>;
  readonly spec: Record<string, unknown>;
  readonly device: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: {
    readonly accuracy: number | null;
    readonly parameters: number | null;
    readonly seconds: number | null;
  } | null;
};

export type RunsForRepairQueryVariables = Exact<{
  after?: string | null | undefined;
}>;

export type RunsForRepairQuery = {
  readonly runs: {
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly name: string | null;
        readonly experimentName: string;
        readonly state: RunState;
        readonly reason: string;
        readonly task: Record<string, unknown>;
        readonly spec: Record<string, unknown>;
        readonly device: string | null;
        readonly createdAt: string;
        readonly startedAt: string | null;
        readonly endedAt: string | null;
        readonly outcome: {
          readonly accuracy: number | null;
          readonly parameters: number | null;
          readonly seconds: number | null;
        } | null;
      };
    }>;
  } | null;
};

export type ModelsForRepairQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;

export type ModelsForRepairQuery = {
  readonly runs: {
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly result: Record<string, unknown> | null;
        readonly artifacts: ReadonlyArray<{
          readonly name: string;
          readonly sizeBytes: number;
          readonly url: string;
        }> | null;
      };
    }>;
  } | null;
};

export type RepairResultQueryVariables = Exact<{
  id: string;
}>;

export type RepairResultQuery = {
  readonly run: {
    readonly progressShare: number;
    readonly result: Record<string, unknown> | null;
    readonly id: string;
    readonly name: string | null;
    readonly experimentName: string;
    readonly state: RunState;
    readonly reason: string;
    readonly task: Record<string, unknown>;
    readonly spec: Record<string, unknown>;
    readonly device: string | null;
    readonly createdAt: string;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly error: { readonly code: string; readonly message: string } | null;
    readonly artifacts: ReadonlyArray<{
      readonly name: string;
      readonly sizeBytes: number;
      readonly url: string;
    }> | null;
    readonly outcome: {
      readonly accuracy: number | null;
      readonly parameters: number | null;
      readonly seconds: number | null;
    } | null;
  } | null;
};

export type RepairProgressSubscriptionVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;

export type RepairProgressSubscription = {
  readonly progress: {
    readonly id: string;
    readonly state: RunState;
    readonly reason: string;
    readonly progressShare: number;
    readonly queuePosition: number | null;
    readonly waitReason: string | null;
  } | null;
};

export type ReplaceClassMutationVariables = Exact<{
  input: ReplaceClassInput;
}>;

export type ReplaceClassMutation = {
  readonly replaceClass:
    | { readonly __typename: 'Problem'; readonly code: string; readonly message: string }
    | { readonly __typename: 'Submission'; readonly created: boolean; readonly run: { readonly id: string } }
    | null;
};

export type RunDetailFragment = {
  readonly notes: string | null;
  readonly attempt: number;
  readonly command: string;
  readonly priority: number;
  readonly since: string;
  readonly heartbeatAt: string | null;
  readonly cancelRequestedAt: string | null;
  readonly waitReason: string | null;
  readonly queuePosition: number | null;
  readonly metricNames: ReadonlyArray<string>;
  readonly traceId: string;
  readonly result: Record<string, unknown> | null;
  readonly parentEpoch: number | null;
  readonly logUrl: string | null;
  readonly id: string;
  readonly name: string | null;
  readonly experimentName: string;
  readonly state: RunState;
  readonly reason: string;
  readonly archived: boolean;
  readonly tags: ReadonlyArray<string>;
  readonly user: string;
  readonly task: Record<string, unknown>;
  readonly spec: Record<string, unknown>;
  readonly progressShare: number;
  readonly lastSequence: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly device: string | null;
  readonly progress: { readonly done: number; readonly total: number; readonly unit: string };
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly parent: {
    readonly id: string;
    readonly name: string | null;
    readonly experimentName: string;
  } | null;
  readonly transitions: ReadonlyArray<{
    readonly at: string;
    readonly from: RunState | null;
    readonly to: RunState;
    readonly reason: string;
  }> | null;
  readonly checkpoints: ReadonlyArray<{
    readonly epoch: number;
    readonly step: number;
    readonly digest: string | null;
  }> | null;
  readonly artifacts: ReadonlyArray<{
    readonly name: string;
    readonly digest: string | null;
    readonly sizeBytes: number;
    readonly url: string;
  }> | null;
  readonly forks: {
    readonly totalEstimate: number;
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly name: string | null;
        readonly experimentName: string;
        readonly state: RunState;
        readonly reason: string;
        readonly archived: boolean;
        readonly tags: ReadonlyArray<string>;
        readonly user: string;
        readonly task: Record<string, unknown>;
        readonly spec: Record<string, unknown>;
        readonly progressShare: number;
        readonly lastSequence: number;
        readonly createdAt: string;
        readonly startedAt: string | null;
        readonly endedAt: string | null;
        readonly device: string | null;
        readonly outcome: {
          readonly accuracy: number | null;
          readonly crossEntropy: number | null;
          readonly parameters: number | null;
          readonly seconds: number | null;
        } | null;
      };
    }>;
  } | null;
  readonly outcome: {
    readonly accuracy: number | null;
    readonly crossEntropy: number | null;
    readonly parameters: number | null;
    readonly seconds: number | null;
  } | null;
};

export type RunByIdQueryVariables = Exact<{
  id: string;
}>;

export type RunByIdQuery = {
  readonly run: {
    readonly notes: string | null;
    readonly attempt: number;
    readonly command: string;
    readonly priority: number;
    readonly since: string;
    readonly heartbeatAt: string | null;
    readonly cancelRequestedAt: string | null;
    readonly waitReason: string | null;
    readonly queuePosition: number | null;
    readonly metricNames: ReadonlyArray<string>;
    readonly traceId: string;
    readonly result: Record<string, unknown> | null;
    readonly parentEpoch: number | null;
    readonly logUrl: string | null;
    readonly id: string;
    readonly name: string | null;
    readonly experimentName: string;
    readonly state: RunState;
    readonly reason: string;
    readonly archived: boolean;
    readonly tags: ReadonlyArray<string>;
    readonly user: string;
    readonly task: Record<string, unknown>;
    readonly spec: Record<string, unknown>;
    readonly progressShare: number;
    readonly lastSequence: number;
    readonly createdAt: string;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly device: string | null;
    readonly versions: ReadonlyArray<{
      readonly id: string;
      readonly reference: string;
      readonly state: VersionState;
      readonly publishedAt: string;
      readonly digest: string;
    }> | null;
    readonly progress: { readonly done: number; readonly total: number; readonly unit: string };
    readonly error: { readonly code: string; readonly message: string } | null;
    readonly parent: {
      readonly id: string;
      readonly name: string | null;
      readonly experimentName: string;
    } | null;
    readonly transitions: ReadonlyArray<{
      readonly at: string;
      readonly from: RunState | null;
      readonly to: RunState;
      readonly reason: string;
    }> | null;
    readonly checkpoints: ReadonlyArray<{
      readonly epoch: number;
      readonly step: number;
      readonly digest: string | null;
    }> | null;
    readonly artifacts: ReadonlyArray<{
      readonly name: string;
      readonly digest: string | null;
      readonly sizeBytes: number;
      readonly url: string;
    }> | null;
    readonly forks: {
      readonly totalEstimate: number;
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly name: string | null;
          readonly experimentName: string;
          readonly state: RunState;
          readonly reason: string;
          readonly archived: boolean;
          readonly tags: ReadonlyArray<string>;
          readonly user: string;
          readonly task: Record<string, unknown>;
          readonly spec: Record<string, unknown>;
          readonly progressShare: number;
          readonly lastSequence: number;
          readonly createdAt: string;
          readonly startedAt: string | null;
          readonly endedAt: string | null;
          readonly device: string | null;
          readonly outcome: {
            readonly accuracy: number | null;
            readonly crossEntropy: number | null;
            readonly parameters: number | null;
            readonly seconds: number | null;
          } | null;
        };
      }>;
    } | null;
    readonly outcome: {
      readonly accuracy: number | null;
      readonly crossEntropy: number | null;
      readonly parameters: number | null;
      readonly seconds: number | null;
    } | null;
  } | null;
};

export type RunSeriesQueryVariables = Exact<{
  runIds: ReadonlyArray<string> | string;
  names: ReadonlyArray<string> | string;
  points: number;
}>;

export type RunSeriesQuery = {
  readonly series: ReadonlyArray<{
    readonly runId: string;
    readonly name: string;
    readonly total: number;
    readonly points: ReadonlyArray<{ readonly step: number; readonly value: number | null }>;
  }> | null;
};

export type RunLogQueryVariables = Exact<{
  id: string;
  after: number;
}>;

export type RunLogQuery = {
  readonly runEvents: {
    readonly endSequence: number;
    readonly hasMore: boolean;
    readonly events: ReadonlyArray<{
      readonly sequence: number;
      readonly at: string;
      readonly body:
        | { readonly __typename: 'ArtifactWritten' }
        | { readonly __typename: 'CheckpointWritten' }
        | {
            readonly __typename: 'LogLine';
            readonly attempt: number;
            readonly level: LogLevel;
            readonly line: number;
            readonly text: string;
          }
        | { readonly __typename: 'MetricPoint' }
        | { readonly __typename: 'ProgressMade' }
        | { readonly __typename: 'StateChange' };
    }>;
  } | null;
};

export type RunEventsSubscriptionVariables = Exact<{
  id: string;
  after: number;
}>;

export type RunEventsSubscription = {
  readonly runEvents: {
    readonly sequence: number;
    readonly kind: RunEventKind;
    readonly at: string;
    readonly body:
      | {
          readonly __typename: 'ArtifactWritten';
          readonly sizeBytes: number;
          readonly artifactName: string;
          readonly artifactDigest: string | null;
        }
      | {
          readonly __typename: 'CheckpointWritten';
          readonly digest: string | null;
          readonly checkpointEpoch: number;
          readonly checkpointStep: number;
        }
      | {
          readonly __typename: 'LogLine';
          readonly attempt: number;
          readonly level: LogLevel;
          readonly line: number;
          readonly text: string;
        }
      | {
          readonly __typename: 'MetricPoint';
          readonly step: number;
          readonly metricEpoch: number | null;
          readonly values: ReadonlyArray<{ readonly name: string; readonly value: number | null }>;
        }
      | {
          readonly __typename: 'ProgressMade';
          readonly done: number;
          readonly total: number;
          readonly unit: string | null;
        }
      | {
          readonly __typename: 'StateChange';
          readonly from: RunState | null;
          readonly to: RunState;
          readonly reason: string;
        };
  } | null;
};

export type ResumeRunMutationVariables = Exact<{
  id: string;
  idempotencyKey: string;
}>;

export type ResumeRunMutation = {
  readonly resumeRun:
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly nearest: string | null;
        readonly details: Record<string, unknown>;
      }
    | { readonly __typename: 'Submission'; readonly created: boolean; readonly run: { readonly id: string } }
    | null;
};

export type ForkRunMutationVariables = Exact<{
  id: string;
  epoch: number;
  changes?: Record<string, unknown> | null | undefined;
  name?: string | null | undefined;
  idempotencyKey: string;
}>;

export type ForkRunMutation = {
  readonly forkRun:
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly nearest: string | null;
        readonly details: Record<string, unknown>;
      }
    | { readonly __typename: 'Submission'; readonly created: boolean; readonly run: { readonly id: string } }
    | null;
};

export type RunRowFragment = {
  readonly id: string;
  readonly name: string | null;
  readonly experimentName: string;
  readonly state: RunState;
  readonly reason: string;
  readonly archived: boolean;
  readonly tags: ReadonlyArray<string>;
  readonly user: string;
  readonly task: Record<string, unknown>;
  readonly spec: Record<string, unknown>;
  readonly progressShare: number;
  readonly lastSequence: number;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly device: string | null;
  readonly outcome: {
    readonly accuracy: number | null;
    readonly crossEntropy: number | null;
    readonly parameters: number | null;
    readonly seconds: number | null;
  } | null;
};

export type RunPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  criteria?: RunCriteriaInput | null | undefined;
  order: RunOrder;
}>;

export type RunPageQuery = {
  readonly runs: {
    readonly totalEstimate: number;
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
    readonly edges: ReadonlyArray<{
      readonly node: {
        readonly id: string;
        readonly name: string | null;
        readonly experimentName: string;
        readonly state: RunState;
        readonly reason: string;
        readonly archived: boolean;
        readonly tags: ReadonlyArray<string>;
        readonly user: string;
        readonly task: Record<string, unknown>;
        readonly spec: Record<string, unknown>;
        readonly progressShare: number;
        readonly lastSequence: number;
        readonly createdAt: string;
        readonly startedAt: string | null;
        readonly endedAt: string | null;
        readonly device: string | null;
        readonly outcome: {
          readonly accuracy: number | null;
          readonly crossEntropy: number | null;
          readonly parameters: number | null;
          readonly seconds: number | null;
        } | null;
      };
    }>;
  } | null;
};

export type RunProgressSubscriptionVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;

export type RunProgressSubscription = {
  readonly progress: {
    readonly id: string;
    readonly name: string | null;
    readonly experimentName: string;
    readonly state: RunState;
    readonly reason: string;
    readonly archived: boolean;
    readonly tags: ReadonlyArray<string>;
    readonly user: string;
    readonly task: Record<string, unknown>;
    readonly spec: Record<string, unknown>;
    readonly progressShare: number;
    readonly lastSequence: number;
    readonly createdAt: string;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly device: string | null;
    readonly outcome: {
      readonly accuracy: number | null;
      readonly crossEntropy: number | null;
      readonly parameters: number | null;
      readonly seconds: number | null;
    } | null;
  } | null;
};

export type CancelRunsMutationVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;

export type CancelRunsMutation = {
  readonly cancelRuns: ReadonlyArray<
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly nearest: string | null;
        readonly details: Record<string, unknown>;
      }
    | {
        readonly __typename: 'Run';
        readonly id: string;
        readonly name: string | null;
        readonly experimentName: string;
        readonly state: RunState;
        readonly reason: string;
        readonly archived: boolean;
        readonly tags: ReadonlyArray<string>;
        readonly user: string;
        readonly task: Record<string, unknown>;
        readonly spec: Record<string, unknown>;
        readonly progressShare: number;
        readonly lastSequence: number;
        readonly createdAt: string;
        readonly startedAt: string | null;
        readonly endedAt: string | null;
        readonly device: string | null;
        readonly outcome: {
          readonly accuracy: number | null;
          readonly crossEntropy: number | null;
          readonly parameters: number | null;
          readonly seconds: number | null;
        } | null;
      }
  > | null;
};

export type UpdateRunMutationVariables = Exact<{
  input: UpdateRunInput;
}>;

export type UpdateRunMutation = {
  readonly updateRun:
    | {
        readonly __typename: 'Problem';
        readonly code: string;
        readonly message: string;
        readonly nearest: string | null;
        readonly details: Record<string, unknown>;
      }
    | {
        readonly __typename: 'Run';
        readonly id: string;
        readonly name: string | null;
        readonly experimentName: string;
        readonly state: RunState;
        readonly reason: string;
        readonly archived: boolean;
        readonly tags: ReadonlyArray<string>;
        readonly user: string;
        readonly task: Record<string, unknown>;
        readonly spec: Record<string, unknown>;
        readonly progressShare: number;
        readonly lastSequence: number;
        readonly createdAt: string;
        readonly startedAt: string | null;
        readonly endedAt: string | null;
        readonly device: string | null;
        readonly outcome: {
          readonly accuracy: number | null;
          readonly crossEntropy: number | null;
          readonly parameters: number | null;
          readonly seconds: number | null;
        } | null;
      }
    | null;
};

export type MetricNamesQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;

export type MetricNamesQuery = {
  readonly runs: {
    readonly edges: ReadonlyArray<{
      readonly node: { readonly id: string; readonly metricNames: ReadonlyArray<string> };
    }>;
  } | null;
};

export type WhoAmIQueryVariables = Exact<{ [key: string]: never }>;

export type WhoAmIQuery = {
  readonly me: { readonly user: string; readonly role: Role | null; readonly kind: string } | null;
};

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RepairRunFragmentDoc = new TypedDocumentString(
  `
    fragment RepairRun on Run {
  id
  name
  experimentName
  state
  reason
  task
  spec
  device
  createdAt
  startedAt
  endedAt
  outcome {
    accuracy
    parameters
    seconds
  }
}
    `,
  { fragmentName: 'RepairRun' },
) as unknown as TypedDocumentString<RepairRunFragment, unknown>;
export const RunRowFragmentDoc = new TypedDocumentString(
  `
    fragment RunRow on Run {
  id
  name
  experimentName
  state
  reason
  archived
  tags
  user
  task
  spec
  progressShare
  lastSequence
  createdAt
  startedAt
  endedAt
  device
  outcome {
    accuracy
    crossEntropy
    parameters
    seconds
  }
}
    `,
  { fragmentName: 'RunRow' },
) as unknown as TypedDocumentString<RunRowFragment, unknown>;
export const RunDetailFragmentDoc = new TypedDocumentString(
  `
    fragment RunDetail on Run {
  ...RunRow
  notes
  attempt
  command
  priority
  since
  heartbeatAt
  cancelRequestedAt
  waitReason
  queuePosition
  metricNames
  traceId
  result
  parentEpoch
  logUrl
  progress {
    done
    total
    unit
  }
  error {
    code
    message
  }
  parent {
    id
    name
    experimentName
  }
  transitions {
    at
    from
    to
    reason
  }
  checkpoints {
    epoch
    step
    digest
  }
  artifacts {
    name
    digest
    sizeBytes
    url
  }
  forks(first: 20) {
    totalEstimate
    edges {
      node {
        ...RunRow
      }
    }
  }
}
    fragment RunRow on Run {
  id
  name
  experimentName
  state
  reason
  archived
  tags
  user
  task
  spec
  progressShare
  lastSequence
  createdAt
  startedAt
  endedAt
  device
  outcome {
    accuracy
    crossEntropy
    parameters
    seconds
  }
}`,
  { fragmentName: 'RunDetail' },
) as unknown as TypedDocumentString<RunDetailFragment, unknown>;
export const ModulesOfRunDocument = new TypedDocumentString(`
    query ModulesOfRun($id: ID!) {
  run(id: $id) {
    id
    name
    experimentName
    state
    reason
    task
    spec
    device
    artifacts {
      name
      sizeBytes
      url
    }
  }
}
    `) as unknown as TypedDocumentString<ModulesOfRunQuery, ModulesOfRunQueryVariables>;
export const DerivedRunsDocument = new TypedDocumentString(`
    query DerivedRuns($experiment: String!, $after: String) {
  runs(
    first: 100
    after: $after
    criteria: {experiment: $experiment, archived: any}
    order: newest
  ) {
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        id
        name
        state
        reason
        progressShare
        task
        device
        createdAt
        outcome {
          seconds
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DerivedRunsQuery, DerivedRunsQueryVariables>;
export const ResultOfRunDocument = new TypedDocumentString(`
    query ResultOfRun($id: ID!) {
  run(id: $id) {
    id
    state
    result
    device
    endedAt
  }
}
    `) as unknown as TypedDocumentString<ResultOfRunQuery, ResultOfRunQueryVariables>;
export const DecomposeForModulesDocument = new TypedDocumentString(`
    mutation DecomposeForModules($id: ID!, $tau: Float, $idempotencyKey: String) {
  decomposeRun(id: $id, tau: $tau, idempotencyKey: $idempotencyKey) {
    __typename
    ... on Submission {
      created
      run {
        id
      }
    }
    ... on Problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DecomposeForModulesMutation, DecomposeForModulesMutationVariables>;
export const SweepTauOfModulesDocument = new TypedDocumentString(`
    mutation SweepTauOfModules($id: ID!, $taus: [Float!]!, $idempotencyKey: String) {
  sweepTau(id: $id, taus: $taus, idempotencyKey: $idempotencyKey) {
    __typename
    ... on Submission {
      created
      run {
        id
      }
    }
    ... on Problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SweepTauOfModulesMutation, SweepTauOfModulesMutationVariables>;
export const SubmitRunDocument = new TypedDocumentString(`
    mutation SubmitRun($input: SubmitRunInput!) {
  submitRun(input: $input) {
    __typename
    ... on Submission {
      created
      run {
        id
      }
    }
    ... on DryRun {
      command
      spec
      estimate {
        __typename
        ... on Estimate {
          device
          peakBytes
          seconds
          steps
        }
        ... on Problem {
          code
          message
          nearest
          details
        }
      }
    }
    ... on Problem {
      code
      message
      nearest
      details
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitRunMutation, SubmitRunMutationVariables>;
export const SweepRunsDocument = new TypedDocumentString(`
    mutation SweepRuns($input: SweepInput!) {
  sweep(input: $input) {
    __typename
    ... on Sweep {
      submissions {
        created
        run {
          id
        }
      }
    }
    ... on Problem {
      code
      message
      nearest
      details
    }
  }
}
    `) as unknown as TypedDocumentString<SweepRunsMutation, SweepRunsMutationVariables>;
export const ExperimentNamesDocument = new TypedDocumentString(`
    query ExperimentNames {
  experiments {
    id
    name
    runCount
  }
}
    `) as unknown as TypedDocumentString<ExperimentNamesQuery, ExperimentNamesQueryVariables>;
export const PaperRunsDocument = new TypedDocumentString(`
    query PaperRuns($dataset: String!, $after: String) {
  runs(
    first: 100
    after: $after
    criteria: {dataset: $dataset, states: [succeeded]}
    order: newest
  ) {
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        id
        name
        task
        spec
        device
        endedAt
        outcome {
          accuracy
          seconds
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PaperRunsQuery, PaperRunsQueryVariables>;
export const PaperResultsDocument = new TypedDocumentString(`
    query PaperResults($ids: [ID!]!) {
  runs(first: 100, criteria: {ids: $ids, archived: any}, order: newest) {
    edges {
      node {
        id
        result
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PaperResultsQuery, PaperResultsQueryVariables>;
export const PaperEstimateDocument = new TypedDocumentString(`
    query PaperEstimate($spec: JSONObject!) {
  estimate(spec: $spec) {
    __typename
    ... on Estimate {
      seconds
      peakBytes
      steps
      device
    }
    ... on Problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PaperEstimateQuery, PaperEstimateQueryVariables>;
export const PaperRunDocument = new TypedDocumentString(`
    mutation PaperRun($input: SubmitRunInput!) {
  submitRun(input: $input) {
    __typename
    ... on Submission {
      created
      run {
        id
      }
    }
    ... on Problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<PaperRunMutation, PaperRunMutationVariables>;
export const RunsForRepairDocument = new TypedDocumentString(`
    query RunsForRepair($after: String) {
  runs(first: 100, after: $after, criteria: {states: [succeeded]}, order: newest) {
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        ...RepairRun
      }
    }
  }
}
    fragment RepairRun on Run {
  id
  name
  experimentName
  state
  reason
  task
  spec
  device
  createdAt
  startedAt
  endedAt
  outcome {
    accuracy
    parameters
    seconds
  }
}`) as unknown as TypedDocumentString<RunsForRepairQuery, RunsForRepairQueryVariables>;
export const ModelsForRepairDocument = new TypedDocumentString(`
    query ModelsForRepair($ids: [ID!]!) {
  runs(first: 100, criteria: {ids: $ids, archived: any}, order: newest) {
    edges {
      node {
        id
        result
        artifacts {
          name
          sizeBytes
          url
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ModelsForRepairQuery, ModelsForRepairQueryVariables>;
export const RepairResultDocument = new TypedDocumentString(`
    query RepairResult($id: ID!) {
  run(id: $id) {
    ...RepairRun
    progressShare
    result
    error {
      code
      message
    }
    artifacts {
      name
      sizeBytes
      url
    }
  }
}
    fragment RepairRun on Run {
  id
  name
  experimentName
  state
  reason
  task
  spec
  device
  createdAt
  startedAt
  endedAt
  outcome {
    accuracy
    parameters
    seconds
  }
}`) as unknown as TypedDocumentString<RepairResultQuery, RepairResultQueryVariables>;
export const RepairProgressDocument = new TypedDocumentString(`
    subscription RepairProgress($ids: [ID!]!) {
  progress(ids: $ids) {
    id
    state
    reason
    progressShare
    queuePosition
    waitReason
  }
}
    `) as unknown as TypedDocumentString<RepairProgressSubscription, RepairProgressSubscriptionVariables>;
export const ReplaceClassDocument = new TypedDocumentString(`
    mutation ReplaceClass($input: ReplaceClassInput!) {
  replaceClass(input: $input) {
    __typename
    ... on Submission {
      created
      run {
        id
      }
    }
    ... on Problem {
      code
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplaceClassMutation, ReplaceClassMutationVariables>;
export const RunByIdDocument = new TypedDocumentString(`
    query RunById($id: ID!) {
  run(id: $id) {
    ...RunDetail
    versions {
      id
      reference
      state
      publishedAt
      digest
    }
  }
}
    fragment RunDetail on Run {
  ...RunRow
  notes
  attempt
  command
  priority
  since
  heartbeatAt
  cancelRequestedAt
  waitReason
  queuePosition
  metricNames
  traceId
  result
  parentEpoch
  logUrl
  progress {
    done
    total
    unit
  }
  error {
    code
    message
  }
  parent {
    id
    name
    experimentName
  }
  transitions {
    at
    from
    to
    reason
  }
  checkpoints {
    epoch
    step
    digest
  }
  artifacts {
    name
    digest
    sizeBytes
    url
  }
  forks(first: 20) {
    totalEstimate
    edges {
      node {
        ...RunRow
      }
    }
  }
}
fragment RunRow on Run {
  id
  name
  experimentName
  state
  reason
  archived
  tags
  user
  task
  spec
  progressShare
  lastSequence
  createdAt
  startedAt
  endedAt
  device
  outcome {
    accuracy
    crossEntropy
    parameters
    seconds
  }
}`) as unknown as TypedDocumentString<RunByIdQuery, RunByIdQueryVariables>;
export const RunSeriesDocument = new TypedDocumentString(`
    query RunSeries($runIds: [ID!]!, $names: [String!]!, $points: Int!) {
  series(runIds: $runIds, names: $names, points: $points) {
    runId
    name
    total
    points {
      step
      value
    }
  }
}
    `) as unknown as TypedDocumentString<RunSeriesQuery, RunSeriesQueryVariables>;
export const RunLogDocument = new TypedDocumentString(`
    query RunLog($id: ID!, $after: SafeInt!) {
  runEvents(id: $id, after: $after, first: 1000, kinds: [log]) {
    endSequence
    hasMore
    events {
      sequence
      at
      body {
        __typename
        ... on LogLine {
          attempt
          level
          line
          text
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunLogQuery, RunLogQueryVariables>;
export const RunEventsDocument = new TypedDocumentString(`
    subscription RunEvents($id: ID!, $after: SafeInt!) {
  runEvents(id: $id, after: $after) {
    sequence
    kind
    at
    body {
      __typename
      ... on StateChange {
        from
        to
        reason
      }
      ... on LogLine {
        attempt
        level
        line
        text
      }
      ... on MetricPoint {
        step
        metricEpoch: epoch
        values {
          name
          value
        }
      }
      ... on ProgressMade {
        done
        total
        unit
      }
      ... on CheckpointWritten {
        checkpointEpoch: epoch
        checkpointStep: step
        digest
      }
      ... on ArtifactWritten {
        artifactName: name
        artifactDigest: digest
        sizeBytes
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RunEventsSubscription, RunEventsSubscriptionVariables>;
export const ResumeRunDocument = new TypedDocumentString(`
    mutation ResumeRun($id: ID!, $idempotencyKey: String!) {
  resumeRun(id: $id, idempotencyKey: $idempotencyKey) {
    __typename
    ... on Submission {
      created
      run {
        id
      }
    }
    ... on Problem {
      code
      message
      nearest
      details
    }
  }
}
    `) as unknown as TypedDocumentString<ResumeRunMutation, ResumeRunMutationVariables>;
export const ForkRunDocument = new TypedDocumentString(`
    mutation ForkRun($id: ID!, $epoch: Int!, $changes: JSONObject, $name: String, $idempotencyKey: String!) {
  forkRun(
    id: $id
    epoch: $epoch
    changes: $changes
    name: $name
    idempotencyKey: $idempotencyKey
  ) {
    __typename
    ... on Submission {
      created
      run {
        id
      }
    }
    ... on Problem {
      code
      message
      nearest
      details
    }
  }
}
    `) as unknown as TypedDocumentString<ForkRunMutation, ForkRunMutationVariables>;
export const RunPageDocument = new TypedDocumentString(`
    query RunPage($first: Int!, $after: String, $criteria: RunCriteriaInput, $order: RunOrder!) {
  runs(first: $first, after: $after, criteria: $criteria, order: $order) {
    totalEstimate
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      node {
        ...RunRow
      }
    }
  }
}
    fragment RunRow on Run {
  id
  name
  experimentName
  state
  reason
  archived
  tags
  user
  task
  spec
  progressShare
  lastSequence
  createdAt
  startedAt
  endedAt
  device
  outcome {
    accuracy
    crossEntropy
    parameters
    seconds
  }
}`) as unknown as TypedDocumentString<RunPageQuery, RunPageQueryVariables>;
export const RunProgressDocument = new TypedDocumentString(`
    subscription RunProgress($ids: [ID!]!) {
  progress(ids: $ids) {
    ...RunRow
  }
}
    fragment RunRow on Run {
  id
  name
  experimentName
  state
  reason
  archived
  tags
  user
  task
  spec
  progressShare
  lastSequence
  createdAt
  startedAt
  endedAt
  device
  outcome {
    accuracy
    crossEntropy
    parameters
    seconds
  }
}`) as unknown as TypedDocumentString<RunProgressSubscription, RunProgressSubscriptionVariables>;
export const CancelRunsDocument = new TypedDocumentString(`
    mutation CancelRuns($ids: [ID!]!) {
  cancelRuns(ids: $ids) {
    __typename
    ... on Run {
      ...RunRow
    }
    ... on Problem {
      code
      message
      nearest
      details
    }
  }
}
    fragment RunRow on Run {
  id
  name
  experimentName
  state
  reason
  archived
  tags
  user
  task
  spec
  progressShare
  lastSequence
  createdAt
  startedAt
  endedAt
  device
  outcome {
    accuracy
    crossEntropy
    parameters
    seconds
  }
}`) as unknown as TypedDocumentString<CancelRunsMutation, CancelRunsMutationVariables>;
export const UpdateRunDocument = new TypedDocumentString(`
    mutation UpdateRun($input: UpdateRunInput!) {
  updateRun(input: $input) {
    __typename
    ... on Run {
      ...RunRow
    }
    ... on Problem {
      code
      message
      nearest
      details
    }
  }
}
    fragment RunRow on Run {
  id
  name
  experimentName
  state
  reason
  archived
  tags
  user
  task
  spec
  progressShare
  lastSequence
  createdAt
  startedAt
  endedAt
  device
  outcome {
    accuracy
    crossEntropy
    parameters
    seconds
  }
}`) as unknown as TypedDocumentString<UpdateRunMutation, UpdateRunMutationVariables>;
export const MetricNamesDocument = new TypedDocumentString(`
    query MetricNames($ids: [ID!]!) {
  runs(first: 100, criteria: {ids: $ids, archived: any}, order: newest) {
    edges {
      node {
        id
        metricNames
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MetricNamesQuery, MetricNamesQueryVariables>;
export const WhoAmIDocument = new TypedDocumentString(`
    query WhoAmI {
  me {
    user
    role
    kind
  }
}
    `) as unknown as TypedDocumentString<WhoAmIQuery, WhoAmIQueryVariables>;
