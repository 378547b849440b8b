import { GraphQLError } from 'graphql';
import { unexpectedNull } from './missing-values.js';
import { objectsAt, placesAt } from './objects-at.js';
import type { EntityFetch, Fetch, Plan, Step } from './plan.js';
import { type Part, type Path, project } from './project.js';

/** What a service answered; its errors are described already. */
export interface ServiceAnswer {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLError[];
}

/** Asks a service a question that is written out as the body of a request. */
export type AskService = (service: string, body: string, repeatable: boolean) => Promise<ServiceAnswer>;

export interface PlannedAnswer {
  readonly data: Part | null;
  readonly errors: readonly GraphQLError[];
}

/** So many entities are asked for in one question, lest it be longer than services read. */
const entitiesAtOnce = 1_000;

/**
 * Answers an operation by its plan. What a service does not answer is null with one error for each question, and the rest comes.
 * @param variables as the caller sent them: services read them by their own rules
 */
export async function runPlan(
  { fetches, shape, operation, rootType }: Plan,
  variables: Readonly<Record<string, unknown>>,
  ask: AskService,
): Promise<PlannedAnswer> {
  const run = new PlanRun(variables, ask);
  if (operation === 'mutation') for (const fetch of fetches) await run.fetchRoot(fetch);
  else if (fetches.length === 1) await run.fetchRoot(fetches[0]!);
  else await Promise.all(fetches.map((fetch) => run.fetchRoot(fetch)));
  const { data, errors, unanswered } = run;
  const projected = project(data, shape, rootType.name, (object, type, field, path) => {
    if (!unanswered.has(object) && !isTold(errors, path)) errors.push(unexpectedNull(type, field, path));
  });
  return { data: projected, errors };
}

/** Whether an error says already why a value is missing: it is of the same place, or of one around or within it. */
function isTold(errors: readonly GraphQLError[], path: Path): boolean {
  return errors.some(({ path: other = [] }) =>
    path.slice(0, other.length).every((step, index) => step === other[index]),
  );
}

class PlanRun {
  readonly data: Part = {};
  readonly errors: GraphQLError[] = [];
  /** Objects of which a service knows nothing, or did not say what it knows: nothing more is to be said of what they lack. */
  readonly unanswered = new Set<Part>();
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #ask: AskService;

  constructor(variables: Readonly<Record<string, unknown>>, ask: AskService) {
    this.#variables = variables;
    this.#ask = ask;
  }

  async fetchRoot(fetch: Fetch): Promise<void> {
    const body = bodyOf(fetch, this.#variables);
    const { data, errors } = await this.#ask(fetch.service, body, fetch.operation === 'query');
    if (errors !== undefined)
      for (const error of errors) this.errors.push(placedAt(error, error.path ?? [fetch.firstField]));
    if (isPart(data)) Object.assign(this.data, data);
    else if (errors !== undefined) this.unanswered.add(this.data);
    await this.#fetchNext(fetch, [this.data], []);
  }

  async #fetchNext({ next }: Fetch, objects: readonly Part[], steps: readonly Step[]): Promise<void> {
    if (next.length === 0) return;
    if (next.length === 1) await this.#fetchEntities(next[0]!, objects, steps);
    else await Promise.all(next.map((fetch) => this.#fetchEntities(fetch, objects, steps)));
  }

  async #fetchEntities(fetch: Fetch, from: readonly Part[], before: readonly Step[]): Promise<void> {
    const entities = fetch.entities!;
    const targets = objectsAt(from, entities.steps);
    const steps = [...before, ...entities.steps];
    const byKey = new Map<unknown, Part[]>();
    for (const target of targets) {
      const key = target[entities.key];
      if (key == null) continue;
      const same = byKey.get(key);
      if (same === undefined) byKey.set(key, [target]);
      else same.push(target);
    }
    if (byKey.size === 0) return;
    const groups = [...byKey];
    const batches: (typeof groups)[] = [];
    for (let start = 0; start < groups.length; start += entitiesAtOnce)
      batches.push(groups.slice(start, start + entitiesAtOnce));
    await Promise.all(batches.map((batch) => this.#fetchBatch(fetch, entities, batch, steps)));
    await this.#fetchNext(fetch, targets, steps);
  }

  async #fetchBatch(
    fetch: Fetch,
    entities: EntityFetch,
    batch: readonly (readonly [unknown, readonly Part[]])[],
    steps: readonly Step[],
  ): Promise<void> {
    const { type, key, variable } = entities;
    const named = JSON.stringify(batch.map(([value]) => ({ __typename: type, [key]: value })));
    const body = bodyOf(fetch, this.#variables, `${JSON.stringify(variable)}:${named}`);
    const { data, errors } = await this.#ask(fetch.service, body, true);
    if (errors !== undefined) this.#place(errors, fetch, batch, steps);
    const found = isPart(data) && Array.isArray(data['_entities']) ? (data['_entities'] as unknown[]) : [];
    for (const [index, [, targets]] of batch.entries()) {
      const entity = found[index];
      for (const target of targets)
        if (isPart(entity)) merge(target, entity);
        else this.unanswered.add(target);
    }
  }

  /** Errors of entities get the places of these in the answer. */
  #place(
    errors: readonly GraphQLError[],
    { firstField }: Fetch,
    batch: readonly (readonly [unknown, readonly Part[]])[],
    steps: readonly Step[],
  ): void {
    const places = new Map(placesAt([[this.data, []]], steps));
    for (const error of errors) {
      const [root, index, ...rest] = error.path ?? [];
      const isOfEntity = root === '_entities' && typeof index === 'number';
      const target = batch[isOfEntity ? index : 0]?.[1][0];
      const place = (target && places.get(target)) ?? [];
      this.errors.push(placedAt(error, [...place, ...(isOfEntity && rest.length > 0 ? rest : [firstField])]));
    }
  }
}

function bodyOf(
  fetch: Fetch,
  variables: Readonly<Record<string, unknown>>,
  representations?: string,
): string {
  const values = representations === undefined ? [] : [representations];
  for (const name of fetch.variables)
    if (Object.hasOwn(variables, name))
      values.push(`${JSON.stringify(name)}:${JSON.stringify(variables[name])}`);
  return values.length === 0
    ? `{"query":${fetch.queryJson}}`
    : `{"query":${fetch.queryJson},"variables":{${values.join(',')}}}`;
}

/** Adds to an object what another service knows of it. */
function merge(target: Part, source: Part): void {
  for (const [key, value] of Object.entries(source)) {
    // Never what it only inherits.
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    // What several objects share came with the first of them.
    if (known === value) continue;
    if (isPart(known) && isPart(value)) merge(known, value);
    else if (Array.isArray(known) && Array.isArray(value))
      known.forEach((entry, index) => {
        const other: unknown = value[index];
        if (isPart(entry) && isPart(other)) merge(entry, other);
      });
    else target[key] = value;
  }
}

function placedAt(error: GraphQLError, path: Path): GraphQLError {
  const { message, extensions, originalError } = error;
  return new GraphQLError(message, { path, extensions, originalError });
}

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
