import type { ProgressEvent } from '@moda/experiments';

/** Says that `--dataloader-num-workers` was understood and has nothing to do. */
export function noteUnusedWorkers(
  workers: number | undefined,
  onProgress: (event: ProgressEvent) => void,
): void {
  if (workers === undefined) return;
  onProgress({
    type: 'note',
    message:
      '--dataloader-num-workers has no effect here: images are read into memory once, before training begins.',
  });
}
