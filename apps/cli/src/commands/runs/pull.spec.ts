import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { pageOf, sampleRun } from '../../runs/testing/sample-runs.js';
import { workplace } from '../../testing/at-gateway.js';

const { folder, start, run } = workplace();
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const id = sampleRun().id;
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** A service that serves these files of a run; what it says of them can be another thing. */
async function serving(
  files: Readonly<Record<string, string>>,
  told: (name: string) => object = () => ({}),
): Promise<readonly string[]> {
  const requested: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '', 'http://x').pathname).slice(1);
    requested.push(path);
    response.end(files[path]);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const artifacts = Object.entries(files).map(([name, text]) => ({
    ...{ name, digest: digestOf(text), sizeBytes: text.length, url: `http://127.0.0.1:${port}/${name}` },
    ...told(name),
  }));
  await start({ run: sampleRun({ artifacts }), runs: pageOf([]) });
  return requested;
}

const out = () => join(folder(), 'digits');
const pull = (...more: string[]) => run(['runs', 'pull', id, '--out', out(), ...more]);
const files = { 'model/module.json': '{"a":1}', 'model/weights.safetensors': 'weights', 'result.json': '{}' };

describe('moda runs pull', () => {
  it('gets every file into a model folder, and says so', async () => {
    await serving(files);
    const { code, out: said, err } = await pull('--csv');
    expect(code).toBe(0);
    expect(err).toContain('download');
    expect(said).toBe(
      'path,sizeBytes,transferredBytes,digest\n' +
        Object.entries({ 'module.json': '{"a":1}', 'weights.safetensors': 'weights', 'result.json': '{}' })
          .map(([name, text]) => `${join(out(), name)},${text.length},${text.length},${digestOf(text)}\n`)
          .join(''),
    );
    expect((await readdir(out())).sort()).toEqual(['module.json', 'result.json', 'weights.safetensors']);
    expect(await readFile(join(out(), 'weights.safetensors'), 'utf8')).toBe('weights');
  });

  it('asks for nothing that is there already', async () => {
    const requested = await serving(files);
    await pull();
    const before = requested.length;
    expect((await pull()).code).toBe(0);
    expect(requested).toHaveLength(before);
  });

  it('overwrites nothing', async () => {
    await serving(files);
    await mkdir(out());
    await writeFile(join(out(), 'module.json'), 'mine');
    const { code, err } = await pull();
    expect([code, err]).toEqual([
      2,
      `moda: ${join(out(), 'module.json')} is there already and is another file; choose another folder with --out. [OUTPUT_EXISTS]\n`,
    ]);
    expect(await readFile(join(out(), 'module.json'), 'utf8')).toBe('mine');
  });

  it('keeps no file that is not what was promised', async () => {
    await serving(files, (name) => (name === 'result.json' ? { digest: digestOf('other') } : {}));
    const { code, err } = await pull();
    expect([code, err]).toEqual([1, expect.stringContaining('[DOWNLOAD_DAMAGED]')]);
    expect(await readdir(out())).not.toContain('result.json');
  });

  it.each(['../evil', '/etc/evil', 'model/../../evil', 'a\\b', ''])(
    'takes no file of the name %j, and nothing else then',
    async (name) => {
      await serving(files, (given) => (given === 'result.json' ? { name } : {}));
      const { code, err } = await pull();
      expect([code, err]).toEqual([1, expect.stringContaining('[GATEWAY_ANSWER_INVALID]')]);
      expect(await readdir(folder())).not.toContain('evil');
      expect(await readdir(out()).catch(() => [])).toEqual([]);
    },
  );

  it('of a run that has come to nothing yet says so', async () => {
    await start({ run: sampleRun({ state: 'running', artifacts: [] }), runs: pageOf([]) });
    const { code, err } = await pull();
    expect([code, err]).toEqual([2, expect.stringContaining('it is running; pull it when it has succeeded')]);
  });
});
