import { createModuleWorker, type ModuleWorker } from './module-worker';

/** Starts the worker; its code is loaded with it and not before. */
export function openModuleWorker(): ModuleWorker {
  return createModuleWorker(new Worker(new URL('./modules.worker.ts', import.meta.url), { type: 'module' }));
}
