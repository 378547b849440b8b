import type { Subscribe } from '@moda/service-kit/testing';

export type Fields = Record<string, unknown>;

/** Asks a service; throws where it answers with errors. */
export async function ask<T = Fields>(url: string, query: string, variables: Fields = {}): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data: T; errors?: unknown };
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

export interface Event {
  readonly sequence: number;
  readonly kind: string;
  readonly body: Fields;
}

export const eventFields = `sequence kind body { ... on StateChange { to reason } ... on MetricPoint { step values { name value } }
  ... on CheckpointWritten { epoch } ... on ProgressMade { done total } ... on LogLine { text } ... on ArtifactWritten { name } }`;

/** The events of a run as they are told, from a sequence number on. */
export async function* eventsOver(
  subscribe: Subscribe,
  url: string,
  id: string,
  after = 0,
): AsyncGenerator<Event, void, undefined> {
  const query = `subscription ($id: ID!, $after: SafeInt!) { runEvents(id: $id, after: $after) { ${eventFields} } }`;
  for await (const { data, errors } of subscribe(url, query, { variables: { id, after } })) {
    if (errors) throw new Error(JSON.stringify(errors));
    yield data?.['runEvents'] as unknown as Event;
  }
}

/** All events of a run as they can be asked for. */
export async function eventsOf(url: string, id: string): Promise<Event[]> {
  const query = `query ($id: ID!) { runEvents(id: $id, first: 1000) { events { ${eventFields} } } }`;
  return (await ask<{ runEvents: { events: Event[] } }>(url, query, { id })).runEvents.events;
}

/** Waits until a run is in a state. */
export async function reaches(url: string, id: string, state: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (let found: string | undefined; found !== state;) {
    if (Date.now() > deadline) throw new Error(`Run ${id} is ${found} and did not become ${state}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    found = (
      await ask<{ run: { state: string } }>(url, 'query ($id: ID!) { run(id: $id) { state } }', { id })
    ).run.state;
  }
}
