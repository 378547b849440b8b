import { packageDigest } from '@moda/module-format';
import { packFolder } from '@moda/module-library';

/** The digest under which a model folder is published, or would be: what a module cut from it names as its parent. */
export async function digestOfFolder(path: string): Promise<string> {
  return packageDigest(await packFolder(path));
}
