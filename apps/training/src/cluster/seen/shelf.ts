/** What an object is about, and what is kept of it. */
export interface Entry<Value> {
  readonly runId: string;
  readonly value: Value;
}

interface Named {
  readonly metadata?: { readonly name?: string };
}

/** Objects of one kind, by the run that they belong to and their name. What is of no run is not kept. */
export class Shelf<Value> {
  private byRun = new Map<string, Map<string, Value>>();

  constructor(
    private readonly read: (object: unknown) => Entry<Value> | undefined,
    private readonly onChange: (runId: string) => void,
  ) {}

  of(runId: string): readonly Value[] {
    return [...(this.byRun.get(runId)?.values() ?? [])];
  }

  runs(): Iterable<string> {
    return this.byRun.keys();
  }

  *all(): Generator<readonly [string, readonly Value[]]> {
    for (const [runId, values] of this.byRun) yield [runId, [...values.values()]];
  }

  put(object: unknown): void {
    const entry = this.read(object);
    if (entry === undefined) return;
    const known = this.byRun.get(entry.runId) ?? new Map<string, Value>();
    this.byRun.set(entry.runId, known.set(nameOf(object), entry.value));
    this.onChange(entry.runId);
  }

  remove(object: unknown): void {
    const entry = this.read(object);
    if (entry === undefined) return;
    const known = this.byRun.get(entry.runId);
    known?.delete(nameOf(object));
    if (known?.size === 0) this.byRun.delete(entry.runId);
    this.onChange(entry.runId);
  }

  /** These and no others. */
  replace(objects: readonly unknown[]): void {
    const before = [...this.byRun.keys()];
    this.byRun = new Map();
    for (const object of objects) this.put(object);
    for (const runId of before) if (!this.byRun.has(runId)) this.onChange(runId);
  }
}

const nameOf = (object: unknown): string => (object as Named).metadata?.name ?? '';
