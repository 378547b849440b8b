'use client';
import { GatewayError } from '@moda/gateway-client';
import { useEffect, useState } from 'react';
import type { OpenedModel } from '../model/modules-at';
import type { ModuleWorker } from '../worker/module-worker';
import { openModuleWorker } from '../worker/open-module-worker';
import { downloadModelFiles, type ModelFiles } from './model-files';

export type ModelState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly model: OpenedModel; readonly worker: ModuleWorker }
  | { readonly kind: 'failed'; readonly error: GatewayError };

/** The model in a worker of its own, as long as somebody looks at it. */
export function useOpenedModel(files: ModelFiles, attempt: number): ModelState {
  const [state, setState] = useState<ModelState>({ kind: 'opening' });
  const { manifest, rates } = files;
  useEffect(() => {
    const stop = new AbortController();
    const worker = openModuleWorker();
    const isLeft = (): boolean => stop.signal.aborted;
    void (async () => {
      try {
        const given = await downloadModelFiles({ manifest, rates }, stop.signal);
        const model = await worker.ask('open', given, [given.rates]);
        if (!isLeft()) setState({ kind: 'open', model, worker });
      } catch (error) {
        if (isLeft()) return;
        if (!(error instanceof GatewayError)) throw error;
        setState({ kind: 'failed', error });
      }
    })();
    return () => {
      stop.abort();
      worker.close();
      setState({ kind: 'opening' });
    };
  }, [manifest, rates, attempt]);
  return state;
}
