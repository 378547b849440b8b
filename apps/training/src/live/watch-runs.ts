export interface RunWatch {
  readonly runIds: ReadonlySet<string>;
  /** Ids of those that changed; all of them at first. */
  readonly source: AsyncGenerator<string, undefined>;
  poke(runId: string): void;
  close(): void;
}

/** Tells which of some runs have changed; a run that changes twice before anybody looks is told once, so that nothing piles up. */
export function watchRuns(ids: readonly string[]): RunWatch {
  const runIds = new Set(ids);
  const changed = new Set(ids);
  let closed = false;
  let wake: (() => void) | undefined;

  async function* source(): AsyncGenerator<string, undefined> {
    for (;;) {
      for (const runId of changed) {
        if (closed) return undefined;
        changed.delete(runId);
        yield runId;
      }
      if (closed) return undefined;
      if (changed.size === 0) await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  const stir = (): void => {
    wake?.();
    wake = undefined;
  };
  return {
    runIds,
    source: source(),
    poke(runId) {
      changed.add(runId);
      stir();
    },
    close() {
      closed = true;
      stir();
    },
  };
}
