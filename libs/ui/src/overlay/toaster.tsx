'use client';

import { useSyncExternalStore } from 'react';
import { IconButton } from '../controls/button.js';
import { dismissToast, noToasts, readToasts, showToast, type Toast, watchToasts } from './toasts.js';

/** Where short news appear; mount it once, in the layout. */
export function Toaster() {
  const toasts = useSyncExternalStore(watchToasts, readToasts, () => noToasts);
  return (
    <div className="m-toasts" role="status" aria-live="polite" aria-relevant="additions">
      {toasts.map(({ id, message, tone = 'neutral', action }) => (
        <div key={id} className={`m-toast m-toast--${tone}`}>
          <span className="m-toast__text">{message}</span>
          {action && (
            <button
              type="button"
              className="m-button m-button--quiet m-button--small"
              onClick={() => {
                dismissToast(id);
                action.onSelect();
              }}
            >
              {action.label}
            </button>
          )}
          <IconButton label="Dismiss" onClick={() => dismissToast(id)}>
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
              <path d="m3 3 10 10M13 3 3 13" />
            </svg>
          </IconButton>
        </div>
      ))}
    </div>
  );
}

/** Gives the function that tells short news: `toast({ message: 'Run archived.' })`. */
export function useToast(): (toast: Toast) => void {
  return showToast;
}
