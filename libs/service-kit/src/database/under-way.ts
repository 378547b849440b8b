import { ModaError } from '@moda/contracts';
import { type DatabaseName, describeFailure } from './failure.js';

/** Keeps what is under way, so that a database is closed after it, and says what failed in words. */
export class UnderWay {
  private readonly running = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(private readonly database: DatabaseName) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.closing !== undefined)
      throw new ModaError(
        'DATABASE_UNREACHABLE',
        `The connection to ${this.database} was closed; open it again.`,
        {
          database: this.database,
        },
      );
    const running = work();
    this.running.add(running);
    try {
      return await running;
    } catch (error) {
      throw describeFailure(error, this.database);
    } finally {
      this.running.delete(running);
    }
  }

  /** Takes nothing new, waits for what runs, then closes, once. */
  close(close: () => Promise<void>): Promise<void> {
    this.closing ??= Promise.allSettled(this.running).then(close);
    return this.closing;
  }
}
