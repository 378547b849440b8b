import { isModaError, ModaError } from '@moda/contracts';
import type { TensorBackend } from './backend.js';

export interface OpenBackendOptions {
  /** `auto` (the default): native TensorFlow, and where it does not load, the portable operators. */
  readonly implementation?: 'native' | 'portable' | 'auto';
  /** What runs the portable operators; without it WASM, and where that does not load, plain JavaScript. */
  readonly tfjsBackend?: 'wasm' | 'cpu';
  /** Where `MODA_BACKEND` (`native`, `wasm` or `cpu`) is read; an option given here wins over it. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

const mending = 'run `npm run setup`, or see `npx moda doctor`';

/**
 * Loads a TensorFlow and returns the operators on it; nothing of TensorFlow is loaded before. A fallback says why in
 * `device.fallbackReason`, which the caller has to show. One process has one current TensorFlow.js backend: the last opened.
 *
 * @throws ModaError NATIVE_UNAVAILABLE where native TensorFlow was demanded and does not load; USAGE for an unknown
 * `MODA_BACKEND`.
 */
export async function openTensorBackend(options: OpenBackendOptions = {}): Promise<TensorBackend> {
  const { implementation, tfjsBackend } = resolveChoice(options);
  if (implementation === 'portable') {
    const { openPortableBackend } = await import('./portable/open-portable.js');
    return openPortableBackend(tfjsBackend);
  }
  try {
    const { openNativeBackend } = await import('./native/open-native.js');
    return await openNativeBackend();
  } catch (error) {
    if (isModaError(error)) throw error;
    const reason = firstSentence(error);
    if (implementation === 'native') {
      throw new ModaError('NATIVE_UNAVAILABLE', `Native TensorFlow does not load (${reason}); ${mending}.`, {
        reason,
      });
    }
    const { openPortableBackend } = await import('./portable/open-portable.js');
    return openPortableBackend(
      tfjsBackend,
      `Native TensorFlow does not load (${reason}), so training is many times slower; ${mending}.`,
    );
  }
}

function resolveChoice(options: OpenBackendOptions) {
  const demanded = (options.environment ?? process.env)['MODA_BACKEND']?.trim() || undefined;
  if (demanded !== undefined && !['native', 'wasm', 'cpu', 'auto'].includes(demanded)) {
    throw new ModaError(
      'USAGE',
      `MODA_BACKEND is "${demanded}", but only native, wasm, cpu or auto can be chosen.`,
      {
        demanded,
      },
    );
  }
  const fromEnvironment = {
    implementation:
      demanded === 'wasm' || demanded === 'cpu' ? 'portable' : (demanded as 'native' | 'auto' | undefined),
    tfjsBackend: demanded === 'wasm' || demanded === 'cpu' ? (demanded as 'wasm' | 'cpu') : undefined,
  } as const;
  return {
    implementation: options.implementation ?? fromEnvironment.implementation ?? 'auto',
    tfjsBackend: options.tfjsBackend ?? fromEnvironment.tfjsBackend,
  };
}

/** Loader errors go on with stacks of required files and hints for other set-ups. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('native addon module')) return 'its addon is not built';
  return message.split('\n')[0]!.trim().replace(/\.$/, '');
}
