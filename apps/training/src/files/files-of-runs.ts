import type { SignedUrls } from '@moda/service-kit';
import type { RunArchive } from '../archive/run-archive.js';
import type { RunRecord } from '../runs/run-record.js';
import type { RunStore } from '../runs/run-store.js';
import type { RunFiles } from '../worker/run-files.js';
import { type ArtifactFile, artifactsOfRun } from './artifacts.js';
import { resultOfRun } from './result-of-run.js';
import { smallFiles } from './small-file.js';

/** Addresses are given out to whoever may read, and are open for so long without asking again. */
const openForMs = 3_600_000;

/** What is in the folders of runs or in the archive, for those who ask. */
export interface FilesOfRuns {
  /** By name, the alphabet's way. */
  artifacts(id: string): Promise<readonly (ArtifactFile & { readonly url: string })[]>;
  /** Where the log of its worker is read. */
  logUrl(id: string): string;
  /** Figures of a run that succeeded. */
  result(run: RunRecord): Promise<Readonly<Record<string, unknown>> | undefined>;
}

export interface FilesOfRunsOptions {
  readonly store: Pick<RunStore, 'events'>;
  readonly filesOf: (id: string) => Pick<RunFiles, 'folder'>;
  /** Has what a folder has lost, or never had. */
  readonly archive: Pick<RunArchive, 'file' | 'read'>;
  readonly urls: Pick<SignedUrls, 'sign'>;
  readonly clock: () => Date;
}

export function openFilesOfRuns({ store, filesOf, archive, urls, clock }: FilesOfRunsOptions): FilesOfRuns {
  const sign = (path: string) => urls.sign(path, new Date(clock().getTime() + openForMs));
  return {
    async artifacts(id) {
      const files = await artifactsOfRun(store, id);
      return files.map((file) => ({ ...file, url: sign(filePath(id, file.name)) }));
    },
    logUrl: (id) => sign(logPath(id)),
    result: (run) => resultOfRun(run, smallFiles(archive, run.id, filesOf(run.id).folder)),
  };
}

/** Where a file is served; signed and asked for in this form. */
export function filePath(id: string, name: string): string {
  return `/runs/${encodeURIComponent(id)}/files/${name.split('/').map(encodeURIComponent).join('/')}`;
}

export function logPath(id: string): string {
  return `/runs/${encodeURIComponent(id)}/log`;
}
