import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ModaError } from '@moda/contracts';
import type { GatewayClient } from '../gateway/gateway-client.js';
import type { Library } from '../surroundings.js';
import { artifactsDocument, type OfferedArtifact } from './documents/show-run.js';

export interface PullRequest {
  readonly client: GatewayClient;
  readonly library: Pick<Library, 'digestFile' | 'downloadFile' | 'openLanes'>;
  readonly id: string;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void;
}

export interface PulledFile {
  readonly path: string;
  readonly digest: string;
  readonly sizeBytes: number;
  /** Of these, what came over the network now. */
  readonly transferredBytes: number;
}

/** The folder of the model itself: what is in it becomes the folder that was asked for. */
const modelFolder = 'model/';

/**
 * Gets the files of a run, each checked by its digest. Files that are there already, whole and right, are not sent again; what was cut
 * goes on where it stopped.
 *
 * @throws ModaError RUN_UNKNOWN, RUN_STATE_REFUSED where nothing came of it yet, OUTPUT_EXISTS, GATEWAY_ANSWER_INVALID, and what a
 *   download throws
 */
export async function pullArtifacts(request: PullRequest): Promise<readonly PulledFile[]> {
  const { client, library, id, folder, signal, onProgress } = request;
  const artifacts = await offered(client, id);
  const files = artifacts.map((artifact) => ({ artifact, path: join(folder, ...placeOf(artifact)) }));
  const totalBytes = artifacts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  const lanes = library.openLanes();
  try {
    const pulled: PulledFile[] = [];
    for (const { artifact, path } of files) {
      const { digest, sizeBytes, url } = artifact;
      await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
        throw notWritable(dirname(path), error);
      });
      if (await isThere(library, path, artifact)) {
        onProgress({ doneBytes: (doneBytes += sizeBytes), totalBytes });
        pulled.push({ path, digest: digest ?? '', sizeBytes, transferredBytes: 0 });
        continue;
      }
      const source = {
        ...{ url, sizeBytes, digest: digest ?? undefined },
        identity: digest ?? `${id}/${artifact.name}`,
        supportsRanges: digest !== null,
        renew: async () => (await offered(client, id)).find(({ name }) => name === artifact.name)?.url ?? url,
      };
      const onBytes = (count: number): void => onProgress({ doneBytes: (doneBytes += count), totalBytes });
      pulled.push({ path, ...(await library.downloadFile(source, path, { signal, onBytes }, lanes)) });
    }
    return pulled;
  } finally {
    lanes.close();
  }
}

async function offered(client: GatewayClient, id: string): Promise<readonly OfferedArtifact[]> {
  const { run } = await client.ask(artifactsDocument, { id });
  if (!run) throw new ModaError('RUN_UNKNOWN', `There is no run ${JSON.stringify(id)} any more.`);
  if (run.artifacts?.length) return run.artifacts;
  throw new ModaError(
    'RUN_STATE_REFUSED',
    `Nothing has come of run ${id} yet: it is ${run.state}; pull it when it has succeeded.`,
    { state: run.state },
  );
}

/** A name comes from outside: it may lead into the folder only. */
function placeOf({ name }: OfferedArtifact): readonly string[] {
  const inside = name.startsWith(modelFolder) ? name.slice(modelFolder.length) : name;
  const parts = inside.split('/');
  if (parts.every((part) => /^[\w][\w.-]*$/.test(part))) return parts;
  throw new ModaError(
    'GATEWAY_ANSWER_INVALID',
    `A file of the run has the name ${JSON.stringify(name.slice(0, 200))}, which leads out of its folder; nothing was pulled.`,
  );
}

/** A file of that name that is another one is not replaced: it may be somebody's work. */
async function isThere(
  { digestFile }: Pick<Library, 'digestFile'>,
  path: string,
  { digest, sizeBytes }: OfferedArtifact,
): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return false;
  if (
    found.isFile() &&
    found.size === sizeBytes &&
    digest !== null &&
    (await digestFile(path)).digest === digest
  )
    return true;
  throw new ModaError(
    'OUTPUT_EXISTS',
    `${path} is there already and is another file; choose another folder with --out.`,
    { path },
  );
}

function notWritable(path: string, error: unknown): ModaError {
  const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new ModaError(
    'OUTPUT_NOT_WRITABLE',
    `${path} cannot be made (${reason}); choose another folder with --out.`,
    { path },
  );
}
