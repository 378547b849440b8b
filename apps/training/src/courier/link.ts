import type { FileHandle } from 'node:fs/promises';
import type { BeginAnswer, JournalAnswer, Order } from '../pod-desk/pod-messages.js';
import { type DeskClient, DeskRefusal, type SentFile } from './desk-client.js';
import type { Ending } from './ending.js';
import { forGood } from './for-good.js';

export interface LinkOptions {
  readonly desk: DeskClient;
  readonly begun: Pick<BeginAnswer, 'token'>;
  readonly ending: Ending;
  readonly say: (level: 'info' | 'warn' | 'error', text: string) => void;
}

/** The desk, as an attempt speaks with it: what is to be told is told, however long the service is away. */
export class Link {
  private readonly token: string;
  private isAway = false;

  constructor(private readonly options: LinkOptions) {
    this.token = options.begun.token;
  }

  /** Does a step until the service was there for it, or until the signal. */
  async persist<T>(step: () => Promise<T>, signal: AbortSignal = this.options.ending.over): Promise<T> {
    const { ending, say } = this.options;
    const onAway = (why: string) => {
      if (!this.isAway)
        say('warn', `The training service is away (${why}); the work goes on, and it is told later.`);
      this.isAway = true;
    };
    try {
      const done = await forGood(step, { signal, onAway });
      if (this.isAway) say('info', 'The training service is there again.');
      this.isAway = false;
      return done;
    } catch (error) {
      if (error instanceof DeskRefusal && error.code === 'POD_REPLACED') ending.lose();
      throw error;
    }
  }

  async started(device: string | undefined): Promise<void> {
    const news = { token: this.token, kind: 'started', ...(device !== undefined && { device }) } as const;
    this.obey(await this.persist(() => this.desk.news(news, this.over)));
  }

  /** Tried once: the next one follows soon. */
  async beat(signal: AbortSignal): Promise<void> {
    this.obey(await this.desk.news({ token: this.token, kind: 'beat' }, signal));
  }

  journal(place: number, lines: Uint8Array): Promise<JournalAnswer> {
    return this.persist(() => this.desk.journal(this.token, place, lines, this.over));
  }

  log(place: number, bytes: Uint8Array): Promise<number> {
    return this.persist(() => this.desk.log(this.token, place, bytes, this.over));
  }

  put(name: string, file: FileHandle, sent: SentFile, signal: AbortSignal): Promise<void> {
    return this.persist(() => this.desk.put(this.token, name, file, sent, signal), signal);
  }

  /** False where the archive does not have the other one any more. */
  async link(from: string, name: string, digest: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.persist(() => this.desk.link(this.token, from, name, digest, signal), signal);
      return true;
    } catch (error) {
      if (error instanceof DeskRefusal && error.code === 'ARTIFACT_UNKNOWN') return false;
      throw error;
    }
  }

  remove(name: string, signal: AbortSignal): Promise<void> {
    return this.persist(() => this.desk.remove(this.token, name, signal), signal);
  }

  lose(): void {
    this.options.ending.lose();
  }

  private obey(order: Order): void {
    if (order === 'stop') this.options.ending.stop();
    else if (order === 'lost') this.lose();
  }

  private get desk(): DeskClient {
    return this.options.desk;
  }

  private get over(): AbortSignal {
    return this.options.ending.over;
  }
}
