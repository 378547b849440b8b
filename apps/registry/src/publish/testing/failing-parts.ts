/** Where a process dies: at which of its calls to the store and the catalogue, and whether that call still had its effect. */
export interface Death {
  /** From 1. */
  readonly atCall: number;
  readonly effect: 'none' | 'done';
}

export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Lets objects work until one call to any of them, and none after it. */
export class Mortal {
  calls = 0;
  /** The call that it died at. */
  lastCall: string | undefined;

  constructor(private readonly death: Death) {}

  get isDead(): boolean {
    return this.calls >= this.death.atCall;
  }

  wrap<T extends object>(part: T): T {
    return new Proxy(part, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function' || typeof name !== 'string') return member;
        const call = (...given: unknown[]): unknown => Reflect.apply(member, target, given);
        // Reading blobs begins when the first piece is asked for.
        return name === 'get'
          ? (...given: unknown[]) => this.#read(name, () => call(...given) as AsyncIterable<unknown>)
          : (...given: unknown[]) =>
              this.#once(name, async () => call(...given.map((each) => this.#callback(each))));
      },
    });
  }

  async #once<T>(name: string, work: () => Promise<T>): Promise<T> {
    if (this.isDead) throw new Killed();
    this.calls += 1;
    if (!this.isDead) return work();
    this.lastCall = name;
    if (this.death.effect === 'done') await work();
    throw new Killed();
  }

  async *#read(name: string, begin: () => AsyncIterable<unknown>): AsyncGenerator {
    yield* await this.#once(name, async () => begin());
  }

  /** What the part calls back is the process too. */
  #callback(given: unknown): unknown {
    return typeof given === 'function'
      ? async (...values: unknown[]) => {
          if (this.isDead) throw new Killed();
          return Reflect.apply(given, undefined, values) as unknown;
        }
      : given;
  }
}
