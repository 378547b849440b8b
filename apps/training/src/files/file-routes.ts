import { open, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import {
  type ByteRange,
  type Logger,
  requireRole,
  sendBytes,
  sendProblem,
  type SignedUrls,
} from '@moda/service-kit';
import type { Express, Request, RequestHandler, Response } from 'express';
import type { RunArchive } from '../archive/run-archive.js';
import { isProblem, type Problem, problem } from '../problem/problem.js';
import type { RunStore } from '../runs/run-store.js';
import { unknownRun } from '../submit/orders.js';
import type { RunFiles } from '../worker/run-files.js';
import { type ArtifactFile, artifactsOfRun } from './artifacts.js';
import { filePath, logPath } from './files-of-runs.js';
import { logName } from '../archive/mirror/mirrored-files.js';

export interface FileRouteParts {
  readonly store: Pick<RunStore, 'run' | 'events'>;
  readonly filesOf: (id: string) => RunFiles;
  /** Has what a folder has lost, or never had. */
  readonly archive: Pick<RunArchive, 'file' | 'read'>;
  readonly urls: Pick<SignedUrls, 'check'>;
  readonly logger: Logger;
}

/** First part of the paths below. */
export const filePaths = ['/runs'] as const;

/** Files of runs, to whoever may read, or has an address that was signed for them. */
export function addFileRoutes(app: Express, parts: FileRouteParts): void {
  app.get(
    '/runs/:id/files/*name',
    allowed(parts, (id, name) => filePath(id, name), sendArtifact),
  );
  app.get('/runs/:id/log', allowed(parts, logPath, sendLog));
}

interface Asked {
  readonly id: string;
  readonly name: string;
  readonly crossOrigin: boolean;
}
type Answer = (
  parts: FileRouteParts,
  asked: Asked,
  request: Request,
  response: Response,
) => Promise<Problem | undefined>;

type Parameters = Readonly<Record<string, string | readonly string[] | undefined>> & { readonly id?: string };

function allowed(
  parts: FileRouteParts,
  pathOf: (id: string, name: string) => string,
  answer: Answer,
): RequestHandler {
  return async (request, response) => {
    const { id = '', name = [] } = request.params as Parameters;
    const path = [name].flat().join('/');
    const isSigned = request.query['signature'] !== undefined;
    if (!isSigned) await requireRole(request, 'viewer');
    const checked = isSigned ? parts.urls.check(pathOf(id, path), request.query) : ok;
    const failed = isProblem(checked)
      ? checked
      : await answer(parts, { id, name: path, crossOrigin: isSigned }, request, response);
    if (!failed || response.headersSent) return;
    for (const header of headersOfBytes) response.removeHeader(header);
    sendProblem(response, statuses[failed.code] ?? 400, failed);
  };
}

const ok = { kind: 'ok' } as const;

/** Said of bytes, not of the problem that is answered in their place. */
const headersOfBytes = ['accept-ranges', 'etag'];

const statuses: Partial<Record<Problem['code'], number>> = {
  ARTIFACT_MISSING: 410,
  ARTIFACT_UNKNOWN: 404,
  RUN_UNKNOWN: 404,
  URL_EXPIRED: 403,
  URL_SIGNATURE_WRONG: 403,
};

const sendArtifact: Answer = async (
  { store, filesOf, archive, logger },
  { id, name, crossOrigin },
  request,
  response,
) => {
  if ((await store.run(id)) === undefined) return unknownRun(id);
  // What is no artifact has no path either: a name is looked up, never followed.
  const artifact = (await artifactsOfRun(store, id)).find((known) => known.name === name);
  if (artifact === undefined || !isPlain(name))
    return problem(
      'ARTIFACT_UNKNOWN',
      `Run ${id} has no file ${JSON.stringify(name.slice(0, 200))}; \`artifacts\` lists those it has.`,
    );
  const path = join(filesOf(id).folder, ...name.split('/'));
  const isInFolder = await isWhole(path, artifact);
  if (!isInFolder && !(await isArchived(archive, id, artifact)))
    return problem(
      'ARTIFACT_MISSING',
      `The file ${name} of run ${id} is not there any more as it was made; take it from where it was published.`,
    );
  return sendBytes<Problem>(
    request,
    response,
    {
      digest: artifact.digest,
      sizeBytes: artifact.sizeBytes,
      contentType: contentTypes[extname(name)] ?? 'application/octet-stream',
      fileName: basename(name),
      read: (range) => (isInFolder ? piecesOf(path, range) : archivedPieces(archive, id, name, range)),
    },
    { logger, crossOrigin },
  );
};

const sendLog: Answer = async (
  { store, filesOf, archive, logger },
  { id, crossOrigin },
  request,
  response,
) => {
  if ((await store.run(id)) === undefined) return unknownRun(id);
  const { log } = filesOf(id);
  // A worker may write on: what is sent is what there was when it was asked for.
  const inFolder = (await stat(log).catch(() => undefined))?.size;
  const sizeBytes = inFolder ?? (await archive.file(id, logName))?.sizeBytes ?? 0;
  return sendBytes<Problem>(
    request,
    response,
    {
      digest: undefined,
      sizeBytes,
      contentType: 'text/plain; charset=utf-8',
      read: (range = { start: 0, end: sizeBytes }) => {
        if (range.start === range.end) return nothing();
        return inFolder === undefined ? archivedPieces(archive, id, logName, range) : piecesOf(log, range);
      },
    },
    { logger, crossOrigin },
  );
};

const contentTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
};

/** Paths are made of names only. */
function isPlain(name: string): boolean {
  return name.split('/').every((part) => /^[\w][\w.-]*$/.test(part));
}

async function isWhole(path: string, { sizeBytes }: ArtifactFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size === sizeBytes;
}

async function piecesOf(path: string, range?: ByteRange) {
  const file = await open(path, 'r');
  // Of a stream the last byte is part of what is read.
  const content = file.createReadStream(range && { start: range.start, end: range.end - 1 });
  return { kind: 'content', content: content as AsyncIterable<Uint8Array> };
}

async function isArchived(
  archive: Pick<RunArchive, 'file'>,
  id: string,
  { name, digest, sizeBytes }: ArtifactFile,
): Promise<boolean> {
  const found = await archive.file(id, name);
  if (found?.digest === undefined) return false;
  return found.sizeBytes === sizeBytes && (digest === undefined || digest === found.digest);
}

async function archivedPieces(
  archive: Pick<RunArchive, 'read'>,
  id: string,
  name: string,
  range: ByteRange | undefined,
) {
  return { kind: 'content', content: archive.read(id, name, range) };
}

async function nothing() {
  return { kind: 'content', content: [] };
}
