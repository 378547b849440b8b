import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openPodTokens, readingOf } from './pod-tokens.js';

async function secretFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'moda-pod-tokens-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'training', 'pod-secret');
}

it('a token is of one run, and of the secret in the file', async () => {
  const file = await secretFile();
  const tokens = await openPodTokens(file);
  const token = tokens.tokenFor('one');
  expect(tokens.isTokenOf('one', token)).toBe(true);
  expect(tokens.isTokenOf('two', token)).toBe(false);
  for (const wrong of ['', 'x', `${token}x`, token.slice(1), `${token}.${token}`, 'x'.repeat(100_000)])
    expect(tokens.isTokenOf('one', wrong)).toBe(false);

  // Another start of the service.
  expect((await openPodTokens(file)).tokenFor('one')).toBe(token);
  const secret = await readFile(file, 'utf8');
  await writeFile(
    file,
    secret.replace(/^./, (first) => (first === '0' ? '1' : '0')),
  );
  expect((await openPodTokens(file)).isTokenOf('one', token)).toBe(false);
});

it('a key to the files of another run is no token of either', async () => {
  const tokens = await openPodTokens(await secretFile());
  const key = tokens.tokenFor(readingOf('one', 'two'));
  expect(tokens.isTokenOf(readingOf('one', 'two'), key)).toBe(true);
  for (const other of ['one', 'two', readingOf('two', 'one')])
    expect(tokens.isTokenOf(other, key)).toBe(false);
});

it('a file that holds no secret is told', async () => {
  const file = await secretFile();
  await openPodTokens(file);
  await writeFile(file, 'short');
  await expect(openPodTokens(file)).rejects.toMatchObject({ code: 'SECRET_INVALID' });
});
