import { GatewayError } from '@moda/gateway-client';
import type { Question, QuestionName, Questions, Reply } from './protocol';

/** The part of a web worker that is needed here. */
export interface WorkerPort {
  postMessage(message: Question, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: Reply }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

/** Asks a worker about the modules of one model. */
export interface ModuleWorker {
  /** @throws GatewayError with the code and the sentence that the worker gives */
  ask<Name extends QuestionName>(
    name: Name,
    given: Questions[Name]['given'],
    transfer?: Transferable[],
  ): Promise<Questions[Name]['answer']>;
  /**
   * As `ask`, for what changes faster than it is answered: one question of a name is with the worker at a time, and of those that wait only
   * the last is asked. The others come back as undefined.
   */
  askLatest<Name extends QuestionName>(
    name: Name,
    given: Questions[Name]['given'],
  ): Promise<Questions[Name]['answer'] | undefined>;
  close(): void;
}

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: GatewayError) => void;
}

interface Latest {
  readonly begin: () => Promise<void>;
  readonly giveUp: () => void;
}

export function createModuleWorker(port: WorkerPort): ModuleWorker {
  const waiting = new Map<number, Waiting>();
  const busy = new Set<QuestionName>();
  const latest = new Map<QuestionName, Latest>();
  let next = 0;

  port.addEventListener('message', ({ data }) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('code' in data) asked?.reject(new GatewayError(data.code, data.message));
    else asked?.resolve(data.answer as never);
  });
  port.addEventListener('error', ({ message = 'no reason is known' }) => {
    const error = new GatewayError(
      'WORKER_FAILED',
      `The modules cannot be computed in this browser (${message}); load the page again.`,
    );
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });

  const ask: ModuleWorker['ask'] = (name, given, transfer = []) =>
    new Promise((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve, reject });
      port.postMessage({ id, name, given } as Question, transfer);
    });

  async function begin(name: QuestionName, { begin: beginOne }: Latest): Promise<void> {
    busy.add(name);
    await beginOne();
    busy.delete(name);
    const following = latest.get(name);
    latest.delete(name);
    if (following) await begin(name, following);
  }

  return {
    ask,
    askLatest: (name, given) =>
      new Promise((resolve, reject) => {
        const one: Latest = {
          begin: () => ask(name, given).then(resolve, reject),
          giveUp: () => resolve(undefined),
        };
        if (!busy.has(name)) {
          void begin(name, one);
          return;
        }
        latest.get(name)?.giveUp();
        latest.set(name, one);
      }),
    close: () => port.terminate(),
  };
}
