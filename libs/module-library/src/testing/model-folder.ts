import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serialiseManifest } from '@moda/module-format';
import { patternedBytes } from './patterned-bytes.js';

/** A folder that looks like a model as far as the library looks: its weights are not those of a network. */
export async function makeModelFolder(folder: string, name: string, license?: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest = serialiseManifest({
    formatVersion: 1,
    kind: 'model',
    name,
    architecture: 'lenet5',
    classes: [0, 1].map((index) => ({ index, name: `class ${index}`, sourceLabel: index })),
    createdBy: { version: '1.0.0' },
    ...(license === undefined ? {} : { license }),
  });
  await writeFile(join(folder, 'module.json'), manifest);
  await writeFile(join(folder, 'weights.safetensors'), patternedBytes(300_000, name));
  await writeFile(join(folder, 'rates.safetensors'), patternedBytes(1000, `${name} rates`));
  await writeFile(join(folder, 'README.md'), `---\nlicense: other\nlibrary_name: moda\n---\n\n# ${name}\n`);
}
