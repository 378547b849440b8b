import type { BlobStore, ByteRange } from '@moda/blob-store';
import { isModaError } from '@moda/contracts';
import { type Logger, type ProblemFacts, sendBytes, sendProblem, type SignedUrls } from '@moda/service-kit';
import type { Express, Request, RequestHandler, Response } from 'express';
import type { Catalogue } from '../catalogue/catalogue.js';
import type { Composer } from '../compose/composer.js';
import { isProblem, type Problem, problem, problemOf } from '../problem/problem.js';
import type { Publishing } from '../publish/publishing.js';
import { failureStatus } from './failure-status.js';

export interface ByteRouteParts {
  readonly blobs: BlobStore;
  readonly catalogue: Pick<Catalogue, 'composition'>;
  readonly composer: Pick<Composer, 'stream'>;
  readonly publishing: Pick<Publishing, 'receive'>;
  readonly urls: Pick<SignedUrls, 'check'>;
  readonly logger: Logger;
}

/** First parts of the paths below. */
export const bytePaths = ['/blobs', '/derived', '/uploads'] as const;

/** Bytes come and go here, each at an address that was signed for it. */
export function addByteRoutes(app: Express, parts: ByteRouteParts): void {
  app.get(
    '/blobs/:digest',
    signed(parts, ({ digest }) => `/blobs/${digest}`, getBlob),
  );
  app.get(
    '/derived/:id/weights.safetensors',
    signed(parts, ({ id }) => `/derived/${id}/weights.safetensors`, getDerived),
  );
  app.put(
    '/uploads/:draft/:digest',
    signed(parts, ({ draft, digest }) => `/uploads/${draft}/${digest}`, putUpload),
  );
}

type Parameters = Readonly<Record<string, string>>;
type Answer = (parts: ByteRouteParts, request: Request, response: Response) => Promise<Problem | undefined>;

/** Said of bytes, not of the problem that is answered in their place. */
const headersOfBytes = ['accept-ranges', 'content-length', 'content-range', 'etag'];

/** Answers only where the path carries its signature; what fails is answered in words. */
function signed(
  parts: ByteRouteParts,
  pathOf: (parameters: Parameters) => string,
  answer: Answer,
): RequestHandler {
  return async (request, response) => {
    const checked = parts.urls.check(pathOf(request.params as Parameters), request.query);
    const failed = isProblem(checked)
      ? checked
      : await orFailure(request, () => answer(parts, request, response));
    if (!failed || response.headersSent) return;
    for (const name of headersOfBytes) response.removeHeader(name);
    sendProblem(response, failureStatus(failed.code), failed);
  };
}

async function orFailure(
  request: Request,
  work: () => Promise<Problem | undefined>,
): Promise<Problem | undefined> {
  try {
    return await work();
  } catch (error) {
    // Who left in the middle of an upload waits for no answer.
    if (request.destroyed && !request.complete) return undefined;
    if (isModaError(error)) return problemOf(error);
    throw error;
  }
}

async function getBlob(
  { blobs, logger }: ByteRouteParts,
  request: Request,
  response: Response,
): Promise<Problem | undefined> {
  const digest = String(request.params['digest']);
  const found = await blobs.stat(digest);
  if (!found)
    return problem(
      'BLOB_NOT_FOUND',
      'The store has no such blob any more; ask the registry for the download again.',
    );
  const read = async (range?: ByteRange) => ({ kind: 'content' as const, content: blobs.get(digest, range) });
  return sendBytes<Problem>(
    request,
    response,
    { digest, sizeBytes: found.sizeBytes, read },
    { logger, crossOrigin: true },
  );
}

async function getDerived(
  { catalogue, composer, logger }: ByteRouteParts,
  request: Request,
  response: Response,
): Promise<Problem | undefined> {
  const id = String(request.params['id']);
  const composition = await catalogue.composition(id);
  if (!composition)
    return problem(
      'COMPOSITION_UNKNOWN',
      'Nobody asked for this set of classes before; ask the registry for the download.',
    );
  const read = (range?: ByteRange) => composer.stream(id, range);
  return sendBytes<Problem>(
    request,
    response,
    { digest: id, sizeBytes: composition.weightsBytes, read },
    { logger, crossOrigin: true },
  );
}

async function putUpload(
  { publishing }: ByteRouteParts,
  request: Request,
  response: Response,
): Promise<Problem | undefined> {
  const { draft, digest } = request.params as { draft: string; digest: string };
  const announced = request.get('content-length') ?? '';
  if (!/^\d{1,15}$/.test(announced)) {
    const facts: ProblemFacts = {
      code: 'REQUEST_INVALID',
      message: 'The size of the upload is missing; send Content-Length.',
    };
    sendProblem(response, 411, facts);
    return undefined;
  }
  const outcome = await publishing.receive(
    draft,
    digest,
    Number(announced),
    request as AsyncIterable<Uint8Array>,
  );
  if (isProblem(outcome)) return outcome;
  response.status(201).json({ digest: outcome.digest, sizeBytes: outcome.sizeBytes });
  return undefined;
}
