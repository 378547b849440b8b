import { gateway } from '../gateway/browser-client';
import type { CompositionChoice } from './composition-choice';
import type { DownloadFormat } from './download-format';
import { browserCache } from './package-cache';
import { askParent } from './parent-download';
import { stageTitle } from './stage-title';
import { openWorkbench } from './workbench/open-workbench';

export { type DownloadFormat, downloadFormats } from './download-format';

export interface DownloadOptions {
  /** What is being done, in words, and how far that is, 0..1. */
  readonly onProgress?: (step: string, share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Cuts a module or a composition in this page, or takes a whole model, and gives it as one file. One class gives that class's module.
 *
 * @throws GatewayError or RemoteError, each with a code and one sentence; RemoteError INTERRUPTED where `signal` was used
 */
export async function downloadAs(
  format: DownloadFormat,
  choice: CompositionChoice,
  { onProgress, signal }: DownloadOptions = {},
): Promise<{ readonly name: string; readonly blob: Blob }> {
  const workbench = openWorkbench();
  const close = () => workbench.close();
  signal?.addEventListener('abort', close, { once: true });
  try {
    const parent = await askParent(choice.of, { gateway, cache: browserCache(location.origin) });
    await workbench.compose({ parent, classes: choice.classes, tau: choice.tau }, (progress) =>
      onProgress?.(stageTitle(progress), progress.stage === 'cutting' ? progress.share : 0),
    );
    const { name, contentType, bytes } = await workbench.take({ format });
    return { name, blob: new Blob([bytes.slice()], { type: contentType }) };
  } finally {
    signal?.removeEventListener('abort', close);
    workbench.close();
  }
}
