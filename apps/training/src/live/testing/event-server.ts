import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ServeEventsAnswer, ServeEventsQuestion } from './serve-events-message.js';

// Processes run what was built.
const program = join(import.meta.dirname, '..', '..', '..', 'dist', 'live', 'testing', 'serve-events.js');

/** A process that serves the events of one run: see serve-events.ts. */
export class EventServer {
  private constructor(
    readonly url: string,
    readonly runId: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(): Promise<EventServer> {
    const child = fork(program, { execArgv: ['--expose-gc'] });
    const [ready] = (await once(child, 'message')) as [Extract<ServeEventsAnswer, { kind: 'ready' }>];
    return new EventServer(ready.url, ready.runId, child);
  }

  /** Resolves when it is done, with what there is then; one question at a time. */
  async ask(question: ServeEventsQuestion): Promise<Extract<ServeEventsAnswer, { kind: 'answer' }>> {
    const answered = once(this.child, 'message');
    this.child.send(question);
    const [answer] = (await answered) as [Extract<ServeEventsAnswer, { kind: 'answer' }>];
    return answer;
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.disconnect();
    await gone;
  }
}
