// Asks an address over a fixed number of connections, one question at a time on each, for some time.
import { Agent, request } from 'node:http';

const post = (agent, url, body) =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece));
        response.on('end', () =>
          resolve({ status: response.statusCode, text: Buffer.concat(pieces).toString() }),
        );
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

/** One question and its answer as JSON. */
export async function ask(url, body) {
  const agent = new Agent();
  const { text } = await post(agent, url, JSON.stringify(body));
  agent.destroy();
  return JSON.parse(text);
}

/**
 * @param question gives the body for the n-th question
 * @returns requests a second, milliseconds of the slowest hundredth, answers that were not whole
 */
export async function load(url, question, { connections, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  let wrong = 0;
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        const sentAt = performance.now();
        const { status, text } = await post(agent, url, JSON.stringify(question()));
        times.push(performance.now() - sentAt);
        if (status !== 200 || text.includes('"errors":[') || !text.includes('"data":{')) wrong += 1;
      }
    }),
  );
  const elapsed = (performance.now() - startedAt) / 1_000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    perSecond: times.length / elapsed,
    p99: times[Math.floor(times.length * 0.99)],
    wrong,
  };
}
