import type { PackageFile } from '@moda/module-format';
import { type CheckedOffer, checkOffer } from './check-offer.js';
import type { PullOptions } from './pull-package.js';
import { receiveFiles } from './receive-files.js';
import { damaged, type Source } from './source.js';
import { prepareWorkFolder } from './target-folder.js';

/** Gets the files of an offer into a work folder, tells how far it is, and asks anew where addresses have expired. */
export async function receivePackage(
  source: Source,
  checked: CheckedOffer,
  work: string,
  { cache, connections, signal, onProgress }: PullOptions,
): Promise<{ readonly files: readonly PackageFile[]; readonly transferredBytes: number }> {
  const tops = new Set(checked.files.map(({ path }) => path.split('/')[0] ?? path));
  await prepareWorkFolder(work, (name) => tops.has(name.replace(/\.part(?:\.jsonl)?$/, '')));
  const totalBytes = checked.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let doneBytes = 0;
  onProgress?.({ doneBytes, totalBytes });
  const onBytes = (count: number): void => {
    doneBytes += count;
    onProgress?.({ doneBytes, totalBytes });
  };
  const renew = async (path: string): Promise<string> => {
    const again = checkOffer(await source.client.download(source.target), source.asked);
    const file = again.files.find((candidate) => candidate.path === path);
    if (!file) throw damaged(`the registry does not offer ${path} any more`);
    return file.url;
  };
  return receiveFiles(checked, work, cache, renew, { onBytes, connections, signal });
}
