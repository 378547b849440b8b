// What test results depend on besides sources: printed for Nx, which makes it a part of the cache key.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

console.log(process.version, process.platform, process.arch);
try {
  console.log(
    readFileSync(join(import.meta.dirname, '..', '..', 'node_modules', '.moda', 'native.json'), 'utf8'),
  );
} catch (error) {
  if (error.code !== 'ENOENT') throw error;
  console.log('no native TensorFlow');
}

const cache = process.env.MODA_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'moda');
const places = [...(process.env.PATH ?? '').split(delimiter), join(cache, 'bin')];
const found = (program) => places.some((folder) => existsSync(join(folder, program)));
for (const program of ['minio', 'postgres', 'chromium']) console.log(`${program}: ${found(program)}`);
for (const folder of ['/usr/lib/postgresql', join(cache, 'exchange-venv'), join(cache, 'kubernetes')])
  console.log(existsSync(folder) ? readdirSync(folder).join(' ') : 'absent');
