import { access } from 'node:fs/promises';
import { join } from 'node:path';

type Spec = Readonly<Record<string, unknown>>;

/**
 * The spec with the data where this machine has it: whoever submitted the run named a folder of another one. In the volume of data sets each
 * has a folder of its name; where there is none of this name the volume is the data set itself.
 */
export async function specWithData(spec: Spec, dataFolder: string | undefined): Promise<Spec> {
  const { dataset } = spec;
  // These come with a package, and those name their folder themselves.
  if (dataFolder === undefined || dataset === 'digits' || String(dataset).startsWith('folder:')) return spec;
  const own = join(dataFolder, String(dataset));
  const isThere = await access(own).then(
    () => true,
    () => false,
  );
  return { ...spec, dataDir: isThere ? own : dataFolder };
}
