import { attacks, createDice, type Vocabulary } from './hostile-questions.js';

export interface Harm {
  /** Of the question that took longest, the fastest of its answers. */
  readonly slowestMs: number;
  /** Answers that are neither data nor a refusal with a code, and masked failures. */
  readonly wrong: readonly string[];
}

/** A question that takes longer is asked again. */
const suspiciousMs = 300;

/** Sends a gateway a number of hostile questions, one after the other, and tells how it took them. */
export async function attackGateway(
  url: string,
  kind: keyof typeof attacks,
  count: number,
  words: Vocabulary,
): Promise<Harm> {
  const dice = createDice(Buffer.from(kind).reduce((sum, byte) => sum * 31 + byte, 7));
  const wrong: string[] = [];
  let slowestMs = 0;
  for (let index = 0; index < count; index += 1) {
    const body = JSON.stringify(attacks[kind]!(dice, words));
    let fastestMs = Infinity;
    let answer = { status: 0, text: '' };
    // On a busy machine anything may wait: slow is what is slow each time.
    for (let time = 0; time < 3 && fastestMs > suspiciousMs; time += 1) {
      const startedAt = performance.now();
      answer = await send(`${url}/graphql`, body);
      fastestMs = Math.min(fastestMs, performance.now() - startedAt);
    }
    slowestMs = Math.max(slowestMs, fastestMs);
    const { status, text } = answer;
    if (!isAnswer(status, text)) wrong.push(`${status} ${text.slice(0, 300)}`);
  }
  return { slowestMs, wrong };
}

async function send(url: string, body: string) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, text: await response.text() };
}

function isAnswer(status: number, text: string): boolean {
  const { data, errors } = JSON.parse(text) as {
    data?: unknown;
    errors?: readonly { extensions: { code: string } }[];
  };
  const codes = errors?.map(({ extensions }) => extensions.code) ?? [];
  const refused = codes.length > 0 && !codes.includes('UNEXPECTED');
  return [200, 400, 413].includes(status) && (data !== undefined || refused);
}
