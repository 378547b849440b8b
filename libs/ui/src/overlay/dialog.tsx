'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '../controls/button.js';

export interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  readonly className?: string;
}

/** A native modal dialog: the browser keeps the focus inside, Escape and a press beside it close it. */
export function Dialog({ open, onClose, title, children, actions, wide, className = '' }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      className={`m-dialog ${wide ? 'm-dialog--wide' : ''} ${className}`}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      {open && (
        <div className="m-dialog__inner">
          <div className="m-dialog__head">
            <h2 id={titleId}>{title}</h2>
            <IconButton label="Close" onClick={() => dialog.current?.close()}>
              <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                <path d="m3 3 10 10M13 3 3 13" />
              </svg>
            </IconButton>
          </div>
          <div className="m-dialog__body">{children}</div>
          {actions && <div className="m-dialog__actions">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}
