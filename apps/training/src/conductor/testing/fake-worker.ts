import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Writes the program of a worker without TensorFlow: 20 steps, one each 10 ms, an epoch and a checkpoint every fifth step (without weights),
 * and the tricks that `tricks.json` in the run's folder names. Like the real one it ends at SIGTERM and when its service is gone.
 */
export async function writeFakeWorker(folder: string): Promise<string> {
  const path = join(folder, 'fake-worker.mjs');
  await writeFile(path, program);
  return path;
}

export interface Tricks {
  /** Kill itself at this step, as the system does where memory runs out. */
  readonly dieAt?: number;
  /** Only so often; for ever if left out. */
  readonly deaths?: number;
  readonly signal?: NodeJS.Signals;
  /** At this step: fail with a last word. */
  readonly failAt?: number;
  /** At this step: say no more, and hear nothing. */
  readonly hangAt?: number;
  /** Leave this text without a line end when it dies. */
  readonly tornLine?: string;
  readonly deaf?: boolean;
  readonly stepMs?: number;
}

const program = `
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
const folder = process.argv[2];
const read = (name, otherwise) => existsSync(join(folder, name)) ? JSON.parse(readFileSync(join(folder, name), 'utf8')) : otherwise;
const tricks = read('tricks.json', {});
const journal = join(folder, 'journal.ndjson');
const text = existsSync(journal) ? readFileSync(journal, 'utf8') : '';
writeFileSync(journal, text.slice(0, text.lastIndexOf('\\n') + 1));
const say = (...bodies) => {
  appendFileSync(journal, bodies.map((body) => JSON.stringify(body) + '\\n').join(''));
  if (process.connected) process.send({ kind: 'journal' });
};
let stopping = false;
const stop = () => { stopping = true; };
process.on('SIGTERM', tricks.deaf ? () => {} : stop);
process.on('disconnect', stop);
process.on('message', () => {});
appendFileSync(join(folder, 'starts'), process.pid + '\\n');
process.send({ kind: 'started', device: 'a fake' });
const beat = setInterval(() => process.connected && process.send({ kind: 'beat' }), 50);
const checkpoint = join(folder, 'model', 'checkpoint.safetensors');
const kept = join(folder, 'checkpoints');
for (const path of [join(folder, 'model'), kept]) mkdirSync(path, { recursive: true });
const start = [checkpoint, join(folder, 'start.safetensors')].find((path) => existsSync(path));
let step = 0;
if (start !== undefined) {
  const { epoch, step: more } = JSON.parse(JSON.parse(readFileSync(start).toString('utf8', 8)).__metadata__.position);
  step = epoch * 5 + more;
}
const keep = () => {
  const epoch = Math.floor(step / 5);
  const header = Buffer.from(JSON.stringify({ __metadata__: { position: JSON.stringify({ epoch, step: step % 5 }) } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(checkpoint + '.partial', Buffer.concat([length, header]));
  renameSync(checkpoint + '.partial', checkpoint);
  const path = join(kept, 'epoch-' + epoch + '.safetensors');
  if (!existsSync(path)) copyFileSync(checkpoint, path);
  say({ kind: 'checkpoint', epoch, step });
};
while (step < 20) {
  step += 1;
  await new Promise((resolve) => setTimeout(resolve, tricks.stepMs ?? 10));
  if (tricks.dieAt === step) {
    const deaths = read('deaths', 0) + 1;
    writeFileSync(join(folder, 'deaths'), String(deaths));
    if (deaths <= (tricks.deaths ?? Infinity)) {
      if (tricks.tornLine) appendFileSync(journal, tricks.tornLine);
      process.kill(process.pid, tricks.signal ?? 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 5000));
    }
  }
  if (tricks.failAt === step) {
    say({ kind: 'end', outcome: 'failed', code: 'TRAINING_DIVERGED', message: 'The loss became NaN.' });
    process.exit(1);
  }
  if (tricks.hangAt === step && read('hung', 0) === 0) {
    writeFileSync(join(folder, 'hung'), '1');
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  }
  say({ kind: 'metric', step, values: { crossEntropy: 1 / step } }, { kind: 'progress', done: step, total: 20 });
  if (step % 5 === 0 || stopping) keep();
  if (stopping) process.exit(130);
}
clearInterval(beat);
say({ kind: 'end', outcome: 'succeeded', accuracy: 0.5 });
process.exit(0);
`;
