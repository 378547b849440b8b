import { ModaError } from '@moda/contracts';
import { sendBytes } from '@moda/service-kit';
import type { Request, Response } from 'express';
import type { RunArchive } from '../archive/run-archive.js';
import { type Answer, type DeskParts, invalid } from './answering.js';
import type { PodEars } from './pod-ears.js';
import { isPodFileName } from './pod-file-names.js';
import { podLimits } from './pod-limits.js';
import { digestHeader, sameAsHeader } from './pod-messages.js';
import { readingOf } from './pod-tokens.js';
import { attemptOf, placeOf } from './query.js';

const logName = 'worker.log';

/** More of what the worker and its native libraries wrote on their way. */
export const putLog: Answer = async ({ ears, archive }, { id }, request, response) => {
  const bytes: unknown = request.body;
  const offset = placeOf(request);
  if (!(bytes instanceof Uint8Array)) throw invalid('A part of a log is made of bytes; send some.');
  if (offset + bytes.length > podLimits.wholeLogBytes)
    throw tooLarge(
      `The log of a run has at most ${podLimits.wholeLogBytes} bytes; the rest of it is not kept.`,
    );
  await checkAttempt(ears, id, attemptOf(request));
  const { sizeBytes } = await archive.append(id, logName, offset, bytes);
  response.set('cache-control', 'no-store').json({ sizeBytes });
};

/** A whole file in place of the one that had the name. It is there all at once, or not at all. */
export const putFile: Answer = async ({ ears, archive }, { id, name }, request, response) => {
  checkName(name);
  const token = attemptOf(request);
  const { digest, sizeBytes } = announced(request);
  await checkAttempt(ears, id, token);
  await checkRoom(archive, id, name);
  const content = untilReplaced(request as AsyncIterable<Uint8Array>, () => checkAttempt(ears, id, token));
  await archive.put(id, name, content, { digest, sizeBytes });
  response.status(204).end();
};

/** A second name of a file that is there: kept checkpoints are the newest one under another name, and large. */
export const linkFile: Answer = async ({ ears, archive }, { id, name }, request, response) => {
  checkName(name);
  const sameAs = request.get(sameAsHeader) ?? '';
  checkName(sameAs);
  await checkAttempt(ears, id, attemptOf(request));
  await checkRoom(archive, id, name);
  const there = await archive.file(id, sameAs);
  const digest = request.get(digestHeader);
  if (there === undefined || there.digest !== digest) throw unknownFile(id, sameAs);
  await archive.link({ id, name: sameAs }, id, name);
  response.status(204).end();
};

export const removeFile: Answer = async ({ ears, archive }, { id, name }, request, response) => {
  checkName(name);
  await checkAttempt(ears, id, attemptOf(request));
  await archive.remove(id, name);
  response.status(204).end();
};

export const getFile: Answer = async (parts, { id, name }, request, response) => {
  checkName(name);
  await send(parts, id, name, request, response);
};

/** A file of another run, for those that are made of it: `begin` gave the key. */
export const getInput: Answer = async (parts, { id, name, input }, request, response) => {
  const { key } = request.query;
  if (typeof key !== 'string' || !parts.tokens.isTokenOf(readingOf(id, input), key))
    throw new ModaError(
      'UNAUTHENTICATED',
      'A run reads the files of those runs alone that its task names; add the key that "begin" gave as key=.',
    );
  checkName(name);
  await send(parts, input, name, request, response);
};

async function send(
  { archive, logger }: DeskParts,
  id: string,
  name: string,
  request: Request,
  response: Response,
): Promise<void> {
  const file = await archive.file(id, name);
  if (file === undefined) throw unknownFile(id, name);
  if (file.digest !== undefined) response.set(digestHeader, file.digest);
  await sendBytes(
    request,
    response,
    {
      digest: file.digest,
      sizeBytes: file.sizeBytes,
      read: async (range) => ({ kind: 'content', content: archive.read(id, name, range) }),
    },
    { logger, crossOrigin: false },
  );
}

function announced(request: Request): { readonly digest: string; readonly sizeBytes: number } {
  const digest = request.get(digestHeader) ?? '';
  const length = request.get('content-length');
  if (!/^sha256:[0-9a-f]{64}$/.test(digest) || length === undefined || !/^\d{1,15}$/.test(length))
    throw invalid('A file is announced with its size and its digest; add Content-Length and X-Digest.');
  const sizeBytes = Number(length);
  if (sizeBytes > podLimits.fileBytes)
    throw tooLarge(
      `A file has at most ${podLimits.fileBytes} bytes, and this one has ${sizeBytes}; send a smaller one.`,
    );
  return { digest, sizeBytes };
}

/** A pod that was given up may still be sending: its file must not take the place of its successor's. */
async function* untilReplaced(
  content: AsyncIterable<Uint8Array>,
  check: () => Promise<void>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* content;
  await check();
}

async function checkRoom(archive: RunArchive, id: string, name: string): Promise<void> {
  const files = await archive.files(id);
  if (files.length < podLimits.files || files.some((file) => file.name === name)) return;
  throw tooLarge(`A run has at most ${podLimits.files} files; remove others first.`);
}

async function checkAttempt(ears: PodEars, id: string, token: string): Promise<void> {
  if ((await ears.hear(id, token, { kind: 'beat' })) !== 'lost') return;
  throw new ModaError('POD_REPLACED', 'The run is no longer worked on by this pod; let it end.', {
    runId: id,
  });
}

function checkName(name: string): void {
  if (isPodFileName(name)) return;
  throw new ModaError(
    'RUN_FILE_NAME_INVALID',
    `${JSON.stringify(name.slice(0, 200))} is no name of a file that a pod has; give one such as model/weights.safetensors.`,
  );
}

function unknownFile(id: string, name: string): ModaError {
  return new ModaError(
    'ARTIFACT_UNKNOWN',
    `Run ${id} has no file ${JSON.stringify(name)}; begin lists those it has.`,
  );
}

const tooLarge = (message: string): ModaError => new ModaError('REQUEST_TOO_LARGE', message);
