import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

export interface Machine {
  readonly cores: number;
  readonly hasGpu: boolean;
}

/** Fewer cores make a run slower than two runs after each other. */
const coresOfARun = 4;

/** How many runs a machine takes: one where there is a GPU, whose memory a run wants for itself; else by its cores. */
export function runsAtOnce({ cores, hasGpu }: Machine): number {
  return hasGpu ? 1 : Math.max(1, Math.floor(cores / coresOfARun));
}

/** This machine, looked at without loading TensorFlow. */
export function thisMachine(environment: NodeJS.ProcessEnv = process.env): Machine {
  const visible = environment['CUDA_VISIBLE_DEVICES'];
  const isHidden = visible === '' || visible === '-1';
  return { cores: availableParallelism(), hasGpu: !isHidden && existsSync('/dev/nvidia0') };
}
