import { open } from 'node:fs/promises';

export interface LogShipperOptions {
  readonly path: string;
  /** So many bytes earlier attempts have left in the log of the run. */
  readonly base: number;
  /** Sends bytes for a place of the run's log, however long it takes; answers with the size of that log. */
  readonly send: (place: number, bytes: Uint8Array) => Promise<number>;
}

const partBytes = 1_048_576;

/** Ships what the worker and its native libraries have written, behind what earlier attempts have left. */
export class LogShipper {
  private offset = 0;

  constructor(private readonly options: LogShipperOptions) {}

  async ship(): Promise<void> {
    const { base, path, send } = this.options;
    for (;;) {
      const bytes = await readPart(path, this.offset);
      if (bytes.length === 0) return;
      const next = (await send(base + this.offset, bytes)) - base;
      // A log that is shorter than it was has been taken away; what is left of this one still goes where it belongs.
      if (next <= this.offset) return;
      this.offset = next;
    }
  }
}

async function readPart(path: string, offset: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return new Uint8Array();
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(partBytes), 0, partBytes, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
