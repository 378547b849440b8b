/** What a process that was killed would not have done any more. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A moment between two calls of a service, to the store and to the cluster alike. */
export interface Life {
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  /** The same part, until life is over: from then on every call fails before it does anything. */
  part<Part extends object>(part: Part): Part;
}

/**
 * A life of so many calls.
 *
 * @param isAnswered whether the last one is done before the service dies, so that it never hears of it
 */
export function lifeOf(calls: number, isAnswered: boolean): Life {
  let left = calls;
  let declareOver!: () => void;
  const over = new Promise<void>((resolve) => (declareOver = resolve));
  const part = <Part extends object>(given: Part): Part =>
    new Proxy(given, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return async (...words: readonly unknown[]): Promise<unknown> => {
          left -= 1;
          if (left > 0) return Reflect.apply(member, target, words) as unknown;
          if (left === 0 && isAnswered) await Reflect.apply(member, target, words);
          declareOver();
          throw new Killed('The service was killed.');
        };
      },
    });
  return { over, part };
}
