import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { ModaError } from '@moda/contracts';
import { z } from 'zod';
import type { GatewayClient } from '../gateway/gateway-client.js';

const artifactSchema = z.object({
  name: z.string(),
  digest: z.string().nullable(),
  sizeBytes: z.number(),
  url: z.url({ protocol: /^https?$/ }),
});
const answerSchema = z.object({ run: z.object({ artifacts: z.array(artifactSchema) }) });
const question = `query FilesOfTraining($id: ID!) { run(id: $id) { artifacts { name digest sizeBytes url } } }`;

type Artifact = z.infer<typeof artifactSchema>;

const manifestName = 'module.json';
/** The files of a model are flat, and none of them is hidden. */
const fileOfModel = /^model\/([A-Za-z0-9][A-Za-z0-9._-]*)$/;

/** Whether a folder holds a whole model: its manifest comes last. */
export async function holdsModel(folder: string): Promise<boolean> {
  return access(join(folder, manifestName)).then(
    () => true,
    () => false,
  );
}

/**
 * Brings the model of a run into a folder, whole or not at all.
 * @throws ModaError DOWNLOAD_FAILED, DOWNLOAD_DAMAGED
 */
export async function fetchModel(
  client: GatewayClient,
  runId: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const { run } = await client.ask(question, { id: runId }, answerSchema);
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  for (const artifact of run.artifacts) {
    const name = fileOfModel.exec(artifact.name)?.[1];
    if (name !== undefined) await download(client, artifact, join(partial, name), signal);
  }
  if (!(await holdsModel(partial)))
    throw new ModaError(
      'DOWNLOAD_FAILED',
      `The run ${runId} has no whole model; cancel it and start again.`,
      {
        runId,
      },
    );
  // What an interrupted training left there; the folder is the experiment's own.
  await rm(folder, { recursive: true, force: true });
  await rename(partial, folder);
}

async function download(
  { token }: GatewayClient,
  { name, digest, sizeBytes, url }: Artifact,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { headers, signal });
  if (!response.ok || response.body === null)
    throw new ModaError(
      'DOWNLOAD_FAILED',
      `The training service does not hand out ${name}: it answers ${response.status}.`,
      {
        url,
        status: response.status,
      },
    );
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(
    Readable.fromWeb(response.body as ReadableStream<Uint8Array>),
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.byteLength;
        yield chunk;
      }
    },
    createWriteStream(file),
    { signal },
  );
  const found = `sha256:${hash.digest('hex')}`;
  if (size === sizeBytes && (digest === null || digest === found)) return;
  throw new ModaError(
    'DOWNLOAD_DAMAGED',
    `The file ${name} did not arrive as it was promised; start again.`,
    {
      url,
      expected: digest,
      found,
    },
  );
}
