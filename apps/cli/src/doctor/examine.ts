import { isModaError } from '@moda/contracts';
import type { NativeInspection } from '@moda/native-tensorflow';
import type { DeviceReport, TensorBackend } from '@moda/tensor-backend';
import type { Machine } from '../surroundings.js';
import { isSupportedNode, oldestNode } from './supported-node.js';
import { findCompiler, findPip } from './tools.js';

/** Something that is wrong, and what mends it. */
export interface Problem {
  readonly code: string;
  readonly reason: string;
  readonly remedy: string;
}

/** What `moda doctor` finds. Sizes in bytes; what is absent is `null`. */
export interface Diagnosis {
  /** True where everything runs natively and nothing is wrong. */
  readonly healthy: boolean;
  /** What the arithmetic runs on now. */
  readonly device: DeviceReport | null;
  readonly tensorflow: {
    readonly state: NativeInspection['state'];
    readonly version: string | null;
    readonly device: NativeInspection['device'];
    readonly wantedDevice: NativeInspection['wantedDevice'];
    readonly package: string | null;
    readonly libraries: NativeInspection['libraries'];
  };
  /** The CUDA libraries of the installation, name to version; empty for the CPU. */
  readonly cuda: NativeInspection['cuda'];
  readonly driver: NativeInspection['driver'];
  readonly node: { readonly version: string; readonly supported: boolean };
  readonly disk: {
    readonly folder: string;
    readonly freeBytes: number;
    readonly cache: NativeInspection['cache'];
  };
  /** What an installation needs. */
  readonly pip: string | null;
  readonly compiler: string | null;
  readonly problems: readonly Problem[];
  /** The command that installs again, where that may help. */
  readonly command: string | null;
}

/** Models, checkpoints and a rebuilt installation need some room. */
const scarceBytes = 2 * 2 ** 30;

/** Looks at everything that decides whether training runs at full speed; changes nothing. */
export async function examine(
  machine: Machine,
  openBackend: () => Promise<TensorBackend>,
): Promise<Diagnosis> {
  const problems: Problem[] = [];
  const inspection = await machine.inspectNative();
  problems.push(...inspection.problems);
  const device = await openedDevice(openBackend, problems);
  const supported = isSupportedNode(machine.nodeVersion);
  if (!supported) {
    problems.push({
      code: 'NODE_TOO_OLD',
      reason: `This is Node ${machine.nodeVersion}, and MODA needs ${oldestNode} or newer.`,
      remedy: 'Install a current Node, for example version 24.',
    });
  }
  const freeBytes = await machine.freeBytes(machine.folder);
  if (freeBytes < scarceBytes) {
    problems.push({
      code: 'DISK_SCARCE',
      reason: `Only ${(freeBytes / 2 ** 30).toFixed(1)} GiB are free in ${machine.folder}.`,
      remedy: 'Free some space before training large networks.',
    });
  }
  const [pip, compiler] = await Promise.all([findPip(machine), findCompiler(machine)]);
  return {
    healthy: device?.implementation === 'native' && problems.length === 0,
    device,
    tensorflow: {
      state: inspection.state,
      version: inspection.tensorflow,
      device: inspection.device,
      wantedDevice: inspection.wantedDevice,
      package: inspection.packageVersion,
      libraries: inspection.libraries,
    },
    cuda: inspection.cuda,
    driver: inspection.driver,
    node: { version: machine.nodeVersion, supported },
    disk: { folder: machine.folder, freeBytes, cache: inspection.cache },
    pip,
    compiler,
    problems,
    command: inspection.problems.length > 0 ? inspection.command : null,
  };
}

async function openedDevice(
  open: () => Promise<TensorBackend>,
  problems: Problem[],
): Promise<DeviceReport | null> {
  try {
    const { device } = await open();
    // The installation's own account, where there is one, is more exact than the symptom.
    if (device.implementation !== 'native' && problems.length === 0) {
      problems.push({
        code: 'NATIVE_UNAVAILABLE',
        reason:
          device.fallbackReason ??
          `Training runs on TensorFlow.js with ${device.tfjsBackend}, as MODA_BACKEND asks.`,
        remedy:
          device.fallbackReason === undefined
            ? 'Unset MODA_BACKEND.'
            : 'Run npm run setup, and unset MODA_BACKEND.',
      });
    }
    return device;
  } catch (error) {
    problems.push({
      code: isModaError(error) ? error.code : 'UNEXPECTED',
      reason: error instanceof Error ? error.message : String(error),
      remedy: 'Run npm run setup, and unset MODA_BACKEND.',
    });
    return null;
  }
}
