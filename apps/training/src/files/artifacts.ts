import type { RunStore } from '../runs/run-store.js';

/** A file that a run has announced. */
export interface ArtifactFile {
  /** Its path in the folder of the run, with slashes. */
  readonly name: string;
  readonly digest: string | undefined;
  readonly sizeBytes: number;
}

/** More files than any run announces. */
const maxArtifacts = 10_000;

/** The files of a run by their names: of one that was announced twice the later. */
export async function artifactsOfRun(
  store: Pick<RunStore, 'events'>,
  id: string,
): Promise<readonly ArtifactFile[]> {
  const events = await store.events(id, 0, maxArtifacts, ['artifact']);
  const byName = new Map<string, ArtifactFile>();
  for (const { body } of events)
    if (body.kind === 'artifact')
      byName.set(body.name, { name: body.name, digest: body.digest, sizeBytes: body.sizeBytes });
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
