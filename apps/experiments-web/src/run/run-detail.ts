import type { RunByIdQuery, RunEventsSubscription } from '../graphql/generated/operations';

/** All that the page of a run shows. */
export type RunDetail = NonNullable<RunByIdQuery['run']>;

/** Something that happened to a run. */
export type RunEvent = NonNullable<RunEventsSubscription['runEvents']>;
