import { GatewayError } from '@moda/gateway-client';

/** A file that came of a run, with an address that anybody may read for an hour. */
export interface RunFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly url: string;
}

/** The two files that modules are found from; the weights are not needed. */
export interface ModelFiles {
  readonly manifest: RunFile;
  readonly rates: RunFile;
}

/** Undefined where the run has no model, or no activation rates of it. */
export function modelFilesOf(artifacts: readonly RunFile[] | null | undefined): ModelFiles | undefined {
  const manifest = artifacts?.find(({ name }) => name === 'model/module.json');
  const rates = artifacts?.find(({ name }) => name === 'model/rates.safetensors');
  return manifest && rates ? { manifest, rates } : undefined;
}

/** Reads both files. @throws GatewayError FILE_UNREADABLE */
export async function downloadModelFiles(
  { manifest, rates }: ModelFiles,
  signal: AbortSignal,
): Promise<{ readonly manifest: string; readonly rates: ArrayBuffer }> {
  const [text, bytes] = await Promise.all([
    read(manifest, signal).then((response) => response.text()),
    read(rates, signal).then((response) => response.arrayBuffer()),
  ]);
  return { manifest: text, rates: bytes };
}

async function read({ name, url }: RunFile, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new GatewayError(
      'FILE_UNREADABLE',
      `The file ${name} cannot be fetched; see that the training service runs.`,
      { details: { cause: String(error) } },
    );
  });
  if (response.ok) return response;
  throw new GatewayError(
    'FILE_UNREADABLE',
    `The file ${name} cannot be fetched (status ${response.status}); load the page again, since addresses open for an hour.`,
  );
}
