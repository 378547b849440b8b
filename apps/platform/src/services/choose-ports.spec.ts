import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { addressOf, choosePorts } from './choose-ports.js';

const free = { host: '127.0.0.1', port: 0 };
const anywhere = { gateway: free, training: free, registry: free, experiments: free, marketplace: free };

async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { readonly port: number }).port;
}

describe('the ports of the services', () => {
  it('are free ones where the system may choose, each another', async () => {
    const places = await choosePorts(anywhere);
    const ports = Object.values(places).map(({ port }) => port);
    expect(ports.every((port) => port > 0)).toBe(true);
    expect(new Set(ports).size).toBe(5);
  });

  it('are told with the variable that moves them where another program has them', async () => {
    const port = await takenPort();
    await expect(choosePorts({ ...anywhere, gateway: { ...free, port } })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: `Another program listens at port ${port}, where the gateway belongs (GATEWAY_PORT); stop it, or set that variable to another port.`,
    });
  });

  it('are told all at once', async () => {
    const [one, two] = [await takenPort(), await takenPort()];
    await expect(
      choosePorts({ ...anywhere, training: { ...free, port: one }, registry: { ...free, port: two } }),
    ).rejects.toMatchObject({
      message: expect.stringMatching(
        `port ${one}, .*\\(TRAINING_PORT\\), and at port ${two}, .*\\(REGISTRY_PORT\\); stop it, or set those variables`,
      ) as string,
    });
  });
});

describe('the address of a service', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:4000'],
    ['::1', 'http://[::1]:4000'],
    ['0.0.0.0', 'http://127.0.0.1:4000'],
    ['::', 'http://[::1]:4000'],
  ])('listening at %s is %s', (host, address) => expect(addressOf({ host, port: 4000 })).toBe(address));
});
