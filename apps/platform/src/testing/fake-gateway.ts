import type { z } from 'zod';
import type { GatewayClient, Variables } from '../gateway/gateway-client.js';

/** What a fake gateway was asked, by the name of the operation. */
export interface Asked {
  readonly operation: string;
  readonly variables: Variables;
}

export interface FakeGateway extends GatewayClient {
  readonly asked: Asked[];
}

/** A gateway of the specification's own; a stretch of events ends as a connection that breaks where it ends with an error. */
export function fakeGateway(
  answers: (operation: string, variables: Variables) => unknown,
  events: (after: number) => readonly unknown[] = () => [],
): FakeGateway {
  const asked: Asked[] = [];
  return {
    token: undefined,
    asked,
    async ask(question, variables, answer) {
      const operation = /^\w+ (\w+)/.exec(question)?.[1] ?? '';
      asked.push({ operation, variables });
      return answer.parse(answers(operation, variables));
    },
    async *follow<T>(_question: string, variables: Variables, result: z.ZodType<T>) {
      asked.push({ operation: 'follow', variables });
      for (const event of events(Number(variables['after']))) {
        if (event instanceof Error) throw event;
        yield result.parse(event);
      }
    },
  };
}
