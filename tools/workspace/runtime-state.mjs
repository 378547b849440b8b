// What test results depend on besides sources: printed for Nx, which makes it a part of the cache key.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

console.log(process.version, process.platform, process.arch);
try {
  console.log(
    readFileSync(join(import.meta.dirname, '..', '..', 'node_modules', '.moda', 'native.json'), 'utf8'),
  );
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
  console.log('no native TensorFlow');
}
