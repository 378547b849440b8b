/** Many may pass together, or one alone; who comes first goes first. */
export class Gate {
  private inside = 0;
  private alone = false;
  private readonly waiting: { readonly alone: boolean; readonly enter: () => void }[] = [];

  together<T>(work: () => Promise<T>): Promise<T> {
    return this.pass(false, work);
  }

  single<T>(work: () => Promise<T>): Promise<T> {
    return this.pass(true, work);
  }

  private async pass<T>(alone: boolean, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.waiting.push({ alone, enter });
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.inside -= 1;
      if (alone) this.alone = false;
      this.admit();
    }
  }

  private admit(): void {
    for (;;) {
      const next = this.waiting[0];
      if (next === undefined || this.alone || (next.alone && this.inside > 0)) return;
      this.waiting.shift();
      this.inside += 1;
      this.alone = next.alone;
      next.enter();
    }
  }
}
