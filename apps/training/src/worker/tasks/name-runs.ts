import { dirname } from 'node:path';

/**
 * A sentence with runs in the place of folders: people know the runs, and nobody beyond this machine its folders.
 *
 * @param folder of any run
 */
export function nameRuns(sentence: string, folder: string): string {
  return sentence
    .split(`${dirname(folder)}/`)
    .map((part, index) =>
      index === 0 ? part : part.replace(/^([\w-]+)\/model(?:\.partial)?(\/[\w.]+)?/, namedRun),
    )
    .join('');
}

function namedRun(_path: string, id: string, file: string | undefined): string {
  return file === undefined ? `of run ${id}` : `${file.slice(1)} of run ${id}`;
}
