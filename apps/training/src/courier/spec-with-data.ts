import { access } from 'node:fs/promises';
import { join } from 'node:path';

type Spec = Readonly<Record<string, unknown>>;

/**
 * The spec with the data where this machine has it: whoever submitted the run named a folder of another one. In the volume of data sets each
 * has a folder of its name; where there is none of this name it is fetched, and where that cannot be the volume is the data set itself.
 *
 * @param fetch brings a data set into a folder that it returns
 */
export async function specWithData(
  spec: Spec,
  dataFolder: string | undefined,
  fetch?: (dataset: string) => Promise<string>,
): Promise<Spec> {
  const dataset = String(spec['dataset']);
  // These come with a package, and those name their folder themselves.
  if (dataset === 'digits' || dataset.startsWith('folder:')) return spec;
  const own = dataFolder === undefined ? undefined : join(dataFolder, dataset);
  const isThere =
    own !== undefined &&
    (await access(own).then(
      () => true,
      () => false,
    ));
  if (isThere) return { ...spec, dataDir: own };
  if (fetch !== undefined) return { ...spec, dataDir: await fetch(dataset) };
  return dataFolder === undefined ? spec : { ...spec, dataDir: dataFolder };
}
