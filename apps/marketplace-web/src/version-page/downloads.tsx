'use client';

import { Button } from '@moda/ui';
import { useState } from 'react';
import type { CompositionChoice } from '../compose/composition-choice';
import { type DownloadFormat, downloadFormats } from '../compose/download-format';

type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy'; readonly format: DownloadFormat; readonly step: string }
  | { readonly kind: 'done'; readonly name: string }
  | { readonly kind: 'failed'; readonly message: string };

/** A model, or classes of it, as a file of a format that other programs read, made in this page. */
export function Downloads({ choice }: { readonly choice: CompositionChoice }) {
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });

  async function make(format: DownloadFormat): Promise<void> {
    setProgress({ kind: 'busy', format, step: 'Beginning' });
    try {
      // Surgery and formats are large and wanted by few.
      const { downloadAs } = await import('../compose/download-as');
      const file = await downloadAs(format, choice, {
        onProgress: (step) => {
          setProgress({ kind: 'busy', format, step });
        },
      });
      keep(file);
      setProgress({ kind: 'done', name: file.name });
    } catch (error) {
      setProgress({
        kind: 'failed',
        message: error instanceof Error ? error.message : 'It could not be made.',
      });
    }
  }

  return (
    <div className="m-stack m-stack--tight">
      <div className="m-row">
        <span className="m-field__label">Download as</span>
        {downloadFormats.map(({ format, title, note }) => (
          <Button
            key={format}
            small
            title={note}
            busy={progress.kind === 'busy' && progress.format === format}
            onClick={() => {
              void make(format);
            }}
          >
            {title}
          </Button>
        ))}
      </div>
      <p className="m-muted" role="status">
        {told(progress)}
      </p>
    </div>
  );
}

function told(progress: Progress): string {
  switch (progress.kind) {
    case 'idle':
      return 'Made in this page from the published bytes; nothing is uploaded.';
    case 'busy':
      return `${progress.step} …`;
    case 'done':
      return `${progress.name} is saved.`;
    case 'failed':
      return progress.message;
  }
}

function keep({ name, blob }: { readonly name: string; readonly blob: Blob }): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
