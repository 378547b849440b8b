import { type ErrorCode, errorCodes, ModaError } from '@moda/contracts';
import { z } from 'zod';
import type { Document, Problem } from './document.js';
import {
  composeDocument,
  confirmDocument,
  downloadDocument,
  type DownloadOffer,
  type DownloadTarget,
  type Resolved,
  resolveDocument,
} from './download-documents.js';
import {
  type AliasChange,
  announceDocument,
  type Announcement,
  type Draft,
  moveAliasDocument,
  releaseDocument,
  type ReleasedVersion,
} from './publish-documents.js';
import { type ModuleFound, searchDocument, type SearchRequest } from './search-document.js';

export const defaultRegistry = 'http://127.0.0.1:4002';

/** Cutting a set of classes of a large model takes seconds; what takes longer has failed. */
const patienceMs = 120_000;
/** A page of a hundred modules, or a package of a thousand files with their addresses, has some megabytes at most. */
const maxAnswerBytes = 16 * 2 ** 20;

export interface ModulePage {
  readonly modules: readonly ModuleFound[];
  /** What `after` takes for the next page, where there is one. */
  readonly next: string | undefined;
  readonly totalEstimate: number;
}

const envelope = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z
          .object({
            code: z.string().optional(),
            details: z.record(z.string(), z.unknown()).optional(),
            traceId: z.string().optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});

/**
 * Speaks with a registry. What it refuses is thrown as it said it; answers are checked before anybody uses them.
 *
 * Every method throws ModaError REGISTRY_UNREACHABLE, REGISTRY_ANSWER_INVALID, or the code that the registry gave.
 */
export class RegistryClient {
  readonly #endpoint: string;

  /**
   * @param authorization header that says who asks, as in `Bearer …`, where the registry wants to know
   * @throws ModaError USAGE for an address that is none
   */
  constructor(
    readonly address: string = defaultRegistry,
    private readonly signal?: AbortSignal,
    private readonly authorization?: string,
  ) {
    if (!/^https?:\/\/[^/?#]/.test(address) || !URL.canParse(address))
      throw new ModaError(
        'USAGE',
        `${JSON.stringify(address)} is no address of a registry; give one as in ${defaultRegistry}.`,
      );
    this.#endpoint = new URL('graphql', address.endsWith('/') ? address : `${address}/`).href;
  }

  /** What a reference means now. */
  async resolve(reference: string, tau?: number): Promise<Resolved> {
    return answerOf((await this.ask(resolveDocument, { reference, tau })).resolve);
  }

  /** The files of a package, with addresses that expire. */
  async download(target: DownloadTarget): Promise<DownloadOffer> {
    return answerOf((await this.ask(downloadDocument, target)).download);
  }

  /** Has a set of classes cut and kept. */
  async compose(reference: string, tau?: number): Promise<void> {
    answerOf((await this.ask(composeDocument, { reference, tau })).compose);
  }

  /** Says that weights have arrived. */
  async confirmDownload(
    ticket: string,
    client: { readonly id: string; readonly ci: boolean },
  ): Promise<boolean> {
    return answerOf((await this.ask(confirmDocument, { ticket, client })).confirmDownload).first;
  }

  /** A draft to fill, or the version where this very package is released already. */
  async announce(
    input: Announcement,
  ): Promise<
    | { readonly kind: 'draft'; readonly draft: Draft }
    | { readonly kind: 'released'; readonly version: ReleasedVersion }
  > {
    const answer = answerOf((await this.ask(announceDocument, { input })).announceVersion);
    return answer.__typename === 'Draft'
      ? { kind: 'draft', draft: answer }
      : { kind: 'released', version: answer };
  }

  async release(draftId: string): Promise<{ readonly version: ReleasedVersion; readonly created: boolean }> {
    return answerOf((await this.ask(releaseDocument, { draftId })).releaseVersion);
  }

  async moveAlias(change: AliasChange): Promise<void> {
    answerOf((await this.ask(moveAliasDocument, change)).moveAlias);
  }

  async searchModules(request: SearchRequest): Promise<ModulePage> {
    const { searchModules } = await this.ask(searchDocument, request);
    if (searchModules === null) throw this.invalid('it found nothing and gave no reason');
    const { edges, pageInfo, totalEstimate } = searchModules;
    return {
      modules: edges.map(({ node }) => node),
      next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined,
      totalEstimate,
    };
  }

  private async ask<Variables extends object, Answer>(
    { text, answer }: Document<Variables, Answer>,
    variables: Variables,
  ): Promise<Answer> {
    const json = await this.post(JSON.stringify({ query: text, variables }));
    const { success, data: parsed } = envelope.safeParse(json);
    if (!success) throw this.invalid('the answer is not one of GraphQL');
    const [error] = parsed.errors ?? [];
    if (error) {
      const { code, details, traceId } = error.extensions ?? {};
      const trace = traceId === undefined ? '' : ` (trace ${traceId.slice(0, 100)})`;
      throw refusal(code, error.message.replace(/\.$/, '') + trace + '.', { ...details, traceId });
    }
    const checked = answer.safeParse(parsed.data);
    if (checked.success) return checked.data;
    const place = checked.error.issues[0]?.path.join('.') ?? '';
    throw this.invalid(`the answer is wrong at ${place || 'its top level'}`);
  }

  private async post(body: string): Promise<unknown> {
    const patience = AbortSignal.timeout(patienceMs);
    const signal = this.signal ? AbortSignal.any([this.signal, patience]) : patience;
    let text: string;
    try {
      const response = await fetch(this.#endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(this.authorization !== undefined && { authorization: this.authorization }),
        },
        body,
        signal,
        redirect: 'manual',
      });
      text = await limitedText(response);
    } catch (error) {
      if (this.signal?.aborted)
        throw new ModaError('INTERRUPTED', 'Interrupted before it was done; run the same command again.');
      if (error instanceof RangeError) throw this.invalid(`the answer has more than ${maxAnswerBytes} bytes`);
      throw this.unreachable(error);
    }
    try {
      return JSON.parse(text);
    } catch {
      throw this.invalid('the answer is no JSON');
    }
  }

  private unreachable(error: unknown): ModaError {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : '';
    return new ModaError(
      'REGISTRY_UNREACHABLE',
      `No registry answers at ${this.address}; start one with npx moda-registry or set MODA_REGISTRY.`,
      { address: this.address, reason },
    );
  }

  private invalid(fact: string): ModaError {
    return new ModaError(
      'REGISTRY_ANSWER_INVALID',
      `What answers at ${this.address} is no registry that this version understands: ${fact}; check MODA_REGISTRY.`,
      { address: this.address },
    );
  }
}

/** The answer, unless it is a problem. */
function answerOf<Answer extends { readonly __typename: string }>(
  answer: Answer | Problem,
): Exclude<Answer, Problem> {
  if (isProblem(answer))
    throw refusal(answer.code, answer.message, {
      ...answer.details,
      ...(answer.nearest ? { nearest: answer.nearest } : {}),
    });
  return answer as Exclude<Answer, Problem>;
}

function isProblem(answer: { readonly __typename: string }): answer is Problem {
  return answer.__typename === 'Problem';
}

/** What the registry said, under its own code where this version knows it. */
export function refusal(
  code: string | undefined,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): ModaError {
  if (code !== undefined && Object.hasOwn(errorCodes, code) && code !== 'UNEXPECTED')
    return new ModaError(code as ErrorCode, message, details);
  return new ModaError('REGISTRY_REFUSED', `The registry refused: ${message}`, { ...details, code });
}

async function limitedText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    sizeBytes += piece.length;
    if (sizeBytes > maxAnswerBytes) throw new RangeError('too long');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
