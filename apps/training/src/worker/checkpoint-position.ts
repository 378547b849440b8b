import { open } from 'node:fs/promises';

/** How far a run was when a checkpoint was written. */
export interface CheckpointPosition {
  /** Whole epochs behind it. */
  readonly epoch: number;
  /** Steps of the next epoch behind it. */
  readonly step: number;
}

/** Longer than the names of all tensors of any network, shorter than anything that would hurt. */
const maxHeaderBytes = 16_777_216;
const lengthBytes = 8;

/** From the header of a safetensors file; undefined where there is no file, or none with a whole header. */
export async function checkpointPosition(path: string): Promise<CheckpointPosition | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(lengthBytes), 0, lengthBytes, 0);
    if (bytesRead < lengthBytes) return undefined;
    const length = Number(buffer.readBigUInt64LE());
    if (length > maxHeaderBytes) return undefined;
    const header = await file.read(Buffer.alloc(length), 0, length, lengthBytes);
    return positionIn(header.buffer.toString('utf8'));
  } finally {
    await file.close();
  }
}

function positionIn(header: string): CheckpointPosition | undefined {
  try {
    const { __metadata__: metadata } = JSON.parse(header) as {
      readonly __metadata__: Record<string, string>;
    };
    const { epoch, step } = JSON.parse(metadata['position'] ?? '') as Partial<CheckpointPosition>;
    return Number.isInteger(epoch) && Number.isInteger(step) ? { epoch: epoch!, step: step! } : undefined;
  } catch {
    return undefined;
  }
}
