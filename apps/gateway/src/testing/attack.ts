import { attacks, createDice, type Vocabulary } from './hostile-questions.js';

export interface Harm {
  readonly slowestMs: number;
  /** Answers that are neither data nor a refusal with a code, and masked failures. */
  readonly wrong: readonly string[];
}

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
    const startedAt = performance.now();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    slowestMs = Math.max(slowestMs, performance.now() - startedAt);
    if (!isAnswer(response.status, text)) wrong.push(`${response.status} ${text.slice(0, 300)}`);
  }
  return { slowestMs, wrong };
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
