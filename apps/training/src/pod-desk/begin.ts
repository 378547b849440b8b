import { ModaError } from '@moda/contracts';
import type { ArchivedFile } from '../archive/run-archive.js';
import { type Answer, invalid } from './answering.js';
import { type BeginAnswer, beginQuestion, type PodFile } from './pod-messages.js';
import { readingOf } from './pod-tokens.js';
import { runsOfTask } from './runs-of-task.js';

/** The first thing that a pod says: it gets all that its run is, and what earlier attempts have left. */
export const begin: Answer = async ({ ears, archive, tokens }, { id }, request, response) => {
  const question = beginQuestion.safeParse(request.body);
  if (!question.success)
    throw invalid('A pod begins with its name and its uid in the field "pod"; send both.');
  const begun = await ears.begin(id, question.data.pod);
  if (begun.kind === 'refused') throw new ModaError('POD_REFUSED', begun.reason, { runId: id });

  const { token, offset, attempt, run } = begun;
  const others = new Set(runsOfTask(run.task));
  if (run.parent) others.add(run.parent.runId);
  const inputs = [...others].map(async (other) => ({
    run: other,
    key: tokens.tokenFor(readingOf(id, other)),
    files: (await archive.files(other)).map(toPodFile),
  }));
  response.set('cache-control', 'no-store').json({
    token,
    offset,
    attempt,
    spec: { ...run.spec },
    task: run.task,
    traceId: run.traceId,
    ...(run.parent && { parent: run.parent }),
    files: (await archive.files(id)).map(toPodFile),
    inputs: await Promise.all(inputs),
  } satisfies BeginAnswer);
};

function toPodFile({ name, sizeBytes, digest }: ArchivedFile): PodFile {
  return { name, sizeBytes, ...(digest !== undefined && { digest }) };
}
