/** The label that names the run of a Job and of its pods and Secret. */
export const runLabel = 'moda.dev/run';
/** All that a training service makes has this label. */
export const partOf = { 'app.kubernetes.io/part-of': 'moda' } as const;
/** Of all Jobs and pods of runs. */
export const runSelector = `app.kubernetes.io/part-of=moda,${runLabel}`;

const prefix = 'moda-run-';

/** The name is the run's, so that there is one Job for a run however often it is asked for. */
export const jobName = (runId: string): string => `${prefix}${runId}`;

/** Undefined for the name of a Job that is of no run. */
export const runOfJob = (name: string): string | undefined =>
  name.startsWith(prefix) ? name.slice(prefix.length) : undefined;

/**
 * The place of a worker as the store keeps it, for whatever is at work in a namespace. Runs of other services in the same store have others.
 */
export const workerHost = (namespace: string, object: string): string => `${placeOf(namespace)}${object}`;

export const placeOf = (namespace: string): string => `kubernetes/${namespace}/`;
