import { patternedBytes, piecesOf } from '../testing/patterned-bytes.js';
import { openFilesystemBlobStore } from './filesystem-blob-store.js';

// node put-until-killed.js <folder> <name>: puts blob after blob, and says the digest of each that is stored, one a line.
const [folder, name] = process.argv.slice(2);
if (folder === undefined || name === undefined) throw new Error('Give a folder and a name.');
const store = await openFilesystemBlobStore({ folder });
for (let i = 0; ; i += 1) {
  const bytes = patternedBytes((i * 7919) % 400_000, `${name} ${i}`);
  const { digest } = await store.put(i % 2 === 0 ? bytes : piecesOf(bytes, [1000, 200_000]));
  process.stdout.write(`${digest}\n`);
}
