import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SampleModel } from './sample-model.js';

const program = fileURLToPath(new URL('../../../bin/moda-registry.mjs', import.meta.url));

export interface RegistryProcess {
  readonly url: string;
  readonly pid: number;
  ask<Answer>(question: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Resident memory (bytes): now, and the most there ever was. Only where the system tells it. */
  memory(): Promise<{ readonly now: number; readonly peak: number } | undefined>;
  /** Processor time that it used so far (ms); only where the system tells it. */
  processorMs(): Promise<number | undefined>;
  /** @returns its exit code */
  stop(): Promise<number | null>;
}

/** A folder for one registry's data, and what removes it. */
export async function temporaryHome(): Promise<{
  readonly home: string;
  readonly remove: () => Promise<void>;
}> {
  const home = await mkdtemp(join(tmpdir(), 'moda-registry-'));
  return { home, remove: () => rm(home, { recursive: true, force: true }) };
}

/** A real registry on a free port, with files and the embedded database in `home`; it takes unsigned packages. */
export async function startRegistry(
  home: string,
  nodeOptions: readonly string[] = [],
): Promise<RegistryProcess> {
  const child = spawn(process.execPath, [...nodeOptions, program, '--port', '0'], {
    env: { ...process.env, MODA_HOME: home, MODA_ALLOW_UNSIGNED: 'true', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await readyAt(child);
  const pid = child.pid ?? 0;
  return {
    url,
    pid,
    ask: (question, variables = {}) => ask(url, question, variables),
    memory: () => memoryOf(pid),
    processorMs: () => processorMsOf(pid),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

async function readyAt(child: ChildProcess): Promise<string> {
  let complaint = '';
  child.stderr?.on('data', (text: Buffer) => (complaint += text.toString()));
  for await (const line of createInterface({ input: child.stdout! })) {
    const [, url] = /^registry ready at (\S+)$/.exec(line) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error(`the registry did not start: ${complaint}`);
}

async function ask<Answer>(url: string, query: string, variables: object): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Answer; errors?: readonly unknown[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data!;
}

async function memoryOf(pid: number): Promise<{ now: number; peak: number } | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const bytesOf = (field: string) =>
    1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
  return status === '' ? undefined : { now: bytesOf('VmRSS'), peak: bytesOf('VmHWM') };
}

/** Ticks of 10 ms, of the program and of the system on its behalf. */
async function processorMsOf(pid: number): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name of the program comes second, in parentheses, and may have blanks.
  const [user = 0, system = 0] =
    stat
      ?.replace(/^.*\) /s, '')
      .split(' ')
      .slice(11, 13)
      .map(Number) ?? [];
  return stat === undefined ? undefined : 10 * (user + system);
}

/** Publishes as a client would, without a signature. */
export async function publishOverHttp(
  registry: Pick<RegistryProcess, 'ask'>,
  model: SampleModel,
  name: { readonly owner: string; readonly model: string; readonly version: string },
): Promise<void> {
  const { announceVersion } = await registry.ask<{
    announceVersion: { id: string; message?: string; uploads: { path: string; url: string }[] };
  }>(
    `mutation ($input: AnnounceVersionInput!) {
      announceVersion(input: $input) { ... on Draft { id uploads { path url } } ... on Problem { message } }
    }`,
    { input: { ...name, package: model.packageText } },
  );
  if (announceVersion.message !== undefined) throw new Error(announceVersion.message);
  for (const { path, url } of announceVersion.uploads) {
    const body = model.files.get(path)! as Uint8Array<ArrayBuffer>;
    const { status } = await fetch(url, { method: 'PUT', body });
    if (status !== 201) throw new Error(`the upload of ${path} was answered with ${status}`);
  }
  const { releaseVersion } = await registry.ask<{ releaseVersion: { created?: boolean; message?: string } }>(
    `mutation ($draftId: ID!) {
      releaseVersion(draftId: $draftId) { ... on Release { created } ... on Problem { message } }
    }`,
    { draftId: announceVersion.id },
  );
  if (releaseVersion.created !== true) throw new Error(releaseVersion.message);
}

/** The addresses of a download by path. */
export async function addressesOf(
  registry: Pick<RegistryProcess, 'ask'>,
  reference: string,
): Promise<ReadonlyMap<string, string>> {
  const { download } = await registry.ask<{
    download: { message?: string; files: { path: string; url: string }[] };
  }>(
    `query ($reference: String) {
      download(reference: $reference) { ... on Download { files { path url } } ... on Problem { message } }
    }`,
    { reference },
  );
  if (download.message !== undefined) throw new Error(download.message);
  return new Map(download.files.map(({ path, url }) => [path, url]));
}
