import { runStates } from '@moda/contracts';
import { registerEnumType } from 'type-graphql';

/** The states of the contract as an enumeration of GraphQL. */
export const RunStateName = Object.fromEntries(runStates.map((state) => [state, state])) as {
  [State in (typeof runStates)[number]]: State;
};

registerEnumType(RunStateName, {
  name: 'RunState',
  description:
    'queued → admitted → starting → running → (checkpointing) → succeeded, failed or cancelled; preempted and interrupted runs go back to the queue.',
});
