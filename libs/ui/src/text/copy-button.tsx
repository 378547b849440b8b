'use client';

import { useEffect, useState } from 'react';

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied: "Copy the digest". */
  readonly label: string;
  readonly className?: string;
}

const thanksMs = 2_000;

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, label, className = '' }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), thanksMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    );
  };
  return (
    <>
      <button
        type="button"
        className={`m-icon-button m-copy__button ${className}`}
        aria-label={label}
        title={label}
        onClick={copy}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          {outcome === 'copied' ? (
            <path d="m2.5 8.5 3.5 3.5 7.5-8" />
          ) : (
            <path d="M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1" />
          )}
        </svg>
      </button>
      <span className="m-visually-hidden" role="status">
        {outcome === 'copied' ? 'Copied.' : outcome === 'refused' ? 'The browser refused to copy.' : ''}
      </span>
    </>
  );
}
