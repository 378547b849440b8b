import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RegistryClient } from './registry-client.js';

const asked: IncomingHttpHeaders[] = [];
let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.headers);
    const known = request.headers.authorization === 'Bearer ada';
    response.statusCode = known ? 200 : 401;
    const extensions = { code: 'UNAUTHENTICATED', details: {}, traceId: 'ab'.repeat(16) };
    response.end(
      JSON.stringify(
        known
          ? { data: { confirmDownload: { __typename: 'DownloadConfirmation', first: true } } }
          : { errors: [{ message: 'Say who you are.', extensions }] },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const confirm = (client: RegistryClient) => client.confirmDownload('ticket', { id: 'me', ci: false });

describe('a registry that asks who everybody is', () => {
  it('is told', async () => {
    expect(await confirm(new RegistryClient(address, undefined, 'Bearer ada'))).toBe(true);
    expect(asked.at(-1)?.authorization).toBe('Bearer ada');
  });

  it('refuses strangers in its own words', async () => {
    await expect(confirm(new RegistryClient(address))).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: `Say who you are (trace ${'ab'.repeat(16)}).`,
    });
    expect(asked.at(-1)).not.toHaveProperty('authorization');
  });
});
