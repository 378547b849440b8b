import { Button } from '../controls/button.js';
import { CopyText } from '../text/copy-text.js';

export interface ErrorNoteProps {
  /** The stable code: `RUN_NOT_FOUND`. */
  readonly code: string;
  /** One sentence: the fact and the way on. */
  readonly message: string;
  readonly traceId?: string | null;
  readonly onRetry?: () => void;
  readonly className?: string;
}

/** What went wrong, with everything that somebody who helps will ask for. */
export function ErrorNote({ code, message, traceId, onRetry, className = '' }: ErrorNoteProps) {
  return (
    <div className={`m-error ${className}`} role="alert">
      <p className="m-error__message">{message}</p>
      <div className="m-error__facts">
        <span>
          Code <code>{code}</code>
        </span>
        {traceId && (
          <span className="m-error__trace">
            Trace <CopyText text={traceId} label="Copy the trace id" />
          </span>
        )}
        {onRetry && (
          <Button small onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}
