import { setTimeout as sleep } from 'node:timers/promises';

const retryMs = 100;
const patienceMs = 120_000;

/** Asks a service that may be away until it has answered, as a person does who presses the button again. */
export async function insist<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(retryMs)) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
