import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

const driverFolder = '/proc/driver/nvidia/gpus';

export function processorName(): string {
  return cpus()[0]?.model.trim() || 'unknown processor';
}

export function processorThreads(): number {
  return availableParallelism();
}

/** Model of the first GPU as its driver names it. */
export function gpuName(): string {
  return askDriverTool() ?? readDriverFolder() ?? 'NVIDIA GPU';
}

function askDriverTool(): string | undefined {
  try {
    const names = execFileSync('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], {
      encoding: 'utf8',
      timeout: 5_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return names.split('\n')[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}

function readDriverFolder(): string | undefined {
  try {
    const [gpu] = readdirSync(driverFolder);
    const information = readFileSync(`${driverFolder}/${gpu}/information`, 'utf8');
    return /^Model:\s*(.+)$/m.exec(information)?.[1]?.trim();
  } catch {
    return undefined;
  }
}
