import type { ReactNode } from 'react';
import { CopyText } from '../text/copy-text.js';

export interface EmptyStateProps {
  readonly title: string;
  readonly children?: ReactNode;
  /** The command that fills this page. */
  readonly command?: string;
  readonly actions?: ReactNode;
  readonly className?: string;
}

/** Nothing is here yet: why, and what to do next. */
export function EmptyState({ title, children, command, actions, className = '' }: EmptyStateProps) {
  return (
    <div className={`m-empty ${className}`}>
      <p className="m-empty__title">{title}</p>
      {children && <div className="m-empty__text">{children}</div>}
      {command && <CopyText text={command} label="Copy the command" className="m-empty__command" />}
      {actions && <div className="m-actions">{actions}</div>}
    </div>
  );
}
