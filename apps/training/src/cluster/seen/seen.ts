/** What this service knows of a Job: a handful of facts, so that thousands of them are small. */
export interface JobSeen {
  readonly uid: string;
  /** Of the run that it is named after, and made by a training service. */
  readonly ours: boolean;
  readonly suspended: boolean;
  /** Somebody has deleted it, and it waits for its pods to be gone. */
  readonly deleting: boolean;
  readonly createdAt: Date;
  readonly finished: JobEnd | undefined;
}

export interface JobEnd {
  readonly outcome: 'complete' | 'failed';
  /** One word of Kubernetes: `DeadlineExceeded`, `PodFailurePolicy`, `BackoffLimitExceeded`. */
  readonly reason: string;
  readonly message: string;
}

/** A reason in one word of whoever gives it, and more words. */
export interface Because {
  readonly reason: string;
  readonly message: string;
}

export interface PodSeen {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: Date;
  readonly node: string | undefined;
  /** It has been told to end. */
  readonly deleting: boolean;
  /** No container of it is left. */
  readonly over: boolean;
  /** Its container is at work, as its node says. */
  readonly running: boolean;
  /** Why no node takes it. */
  readonly unschedulable: string | undefined;
  /** Why its container has not been started yet. */
  readonly waiting: Because | undefined;
  /** How its container ended. */
  readonly exit: (Because & { readonly code: number }) | undefined;
  /** It is, or was, ended for a reason that is not its own. */
  readonly disruption: Because | undefined;
  /** Of the pod as a whole, `Evicted` for one. */
  readonly because: Because | undefined;
}

/** What Kueue says about the Job of a run. */
export interface WorkloadSeen {
  readonly admitted: boolean;
  /** Why it does not have its quota. */
  readonly pending: Because | undefined;
  /** Why it had to give its quota back; until it is admitted again. */
  readonly evicted: Because | undefined;
  /** The run that has its place now, where that is known. */
  readonly preemptor: string | undefined;
  /** False where somebody has switched it off. */
  readonly active: boolean;
}

/** Everything about one run that a cluster shows at one moment. */
export interface Seen {
  readonly job: JobSeen | undefined;
  readonly pods: readonly PodSeen[];
  readonly workload: WorkloadSeen | undefined;
}

/** The pod that has the run, or is about to: there is at most one that is not over, for the Job makes no second one before. */
export function podAtWork({ pods }: Pick<Seen, 'pods'>): PodSeen | undefined {
  const left = pods.filter(({ over }) => !over);
  const newest = (a: PodSeen, b: PodSeen) => b.createdAt.getTime() - a.createdAt.getTime();
  return left.filter(({ deleting }) => !deleting).sort(newest)[0] ?? left.sort(newest)[0];
}
