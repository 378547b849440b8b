import { all, statesOf, type WholeSystem } from '../whole-path/whole-system.js';
import type { WhatToShow } from './every-page.js';

const spec = { arch: 'lenet5', trainLimit: 200, batchSize: 50, epochs: 2 };

/** Trains two tiny networks, decomposes one and publishes it. */
export async function showSomething(system: WholeSystem): Promise<WhatToShow> {
  const runs = [await system.submit(spec), await system.submit({ ...spec, seed: 8 })] as const;
  for (const id of runs) await succeeded(system, id);
  const decomposed = await decompose(system, runs[0]);
  const reference = await publish(system, runs[0]);
  return { runs: [...runs], decomposed, reference };
}

/** @returns the id of the run that finds the modules of another, when it has succeeded */
export async function decompose(system: WholeSystem, run: string): Promise<string> {
  const { decomposeRun } = await system.ask<{ decomposeRun: { run: { id: string } } }>(
    `mutation ($id: ID!) { decomposeRun(id: $id) { ... on Submission { run { id } } ... on Problem { code message } } }`,
    { id: run },
  );
  await succeeded(system, decomposeRun.run.id);
  return decomposeRun.run.id;
}

/** @throws Error where the run ends otherwise */
export async function succeeded(system: WholeSystem, id: string): Promise<void> {
  const state = statesOf(await all(system.follow(id))).at(-1);
  if (state !== 'succeeded') throw new Error(`The run ${id} is ${state}.`);
}

async function publish(system: WholeSystem, id: string): Promise<string> {
  const { publishRun } = await system.ask<{ publishRun: { reference: string } }>(
    `mutation ($id: ID!) { publishRun(input: { id: $id, owner: "ada", model: "tiny", version: "1.0.0", license: "MIT" }) {
      ... on Publication { reference } ... on Problem { code message } } }`,
    { id },
  );
  return publishRun.reference;
}
