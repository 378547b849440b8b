import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { once } from 'node:events';

interface Result {
  readonly data?: { readonly runEvents: { readonly sequence: number } };
  readonly errors?: readonly {
    readonly extensions: { readonly code: string; readonly details: Readonly<Record<string, unknown>> };
  }[];
}

/** Follows a run over a stream of events, and can stop reading from its socket for a while. */
export class Subscriber {
  readonly sequences: number[] = [];
  /** Why it was dropped, in the service's own words. */
  failure: { readonly code: string; readonly details: Readonly<Record<string, unknown>> } | undefined;
  readonly ended: Promise<void>;
  private text = '';

  private constructor(
    private readonly asked: ClientRequest,
    private readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.read(chunk));
    this.ended = new Promise((resolve) => response.on('close', resolve));
  }

  /** @param fields of each event, beside its sequence */
  static async open(url: string, runId: string, after: number, fields = ''): Promise<Subscriber> {
    const query = `subscription ($id: ID!, $after: SafeInt!) { runEvents(id: $id, after: $after) { sequence ${fields} } }`;
    const asked = request(`${url}/graphql/stream`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      agent: false,
    });
    asked.end(JSON.stringify({ query, variables: { id: runId, after } }));
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    // Cutting it off is no failure.
    asked.on('error', () => undefined);
    response.on('error', () => undefined);
    return new Subscriber(asked, response);
  }

  get last(): number {
    return this.sequences.at(-1) ?? 0;
  }

  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }

  close(): void {
    this.asked.destroy();
  }

  private read(chunk: string): void {
    const blocks = (this.text + chunk).split('\n\n');
    this.text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.+)$/m.exec(block)?.[1];
      if (data === undefined) continue;
      const { data: found, errors } = JSON.parse(data) as Result;
      if (found?.runEvents) this.sequences.push(found.runEvents.sequence);
      if (errors?.[0]) this.failure = errors[0].extensions;
    }
  }
}
