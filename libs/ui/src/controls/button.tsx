'use client';

import type { ComponentProps, ReactNode } from 'react';
import { AppLink, type AppLinkProps } from '../shell/link.js';

export type ButtonKind = 'primary' | 'plain' | 'danger' | 'quiet';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: ButtonKind;
  /** Something this button began is under way: it keeps its width, says so and takes no second press. */
  readonly busy?: boolean;
  readonly small?: boolean;
}

/** A button that submits nothing unless its `type` says so. */
export function Button({
  kind = 'plain',
  busy,
  small,
  className = '',
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      // Not `disabled`: that would take the focus away from under the finger.
      aria-disabled={busy ? true : rest['aria-disabled']}
      aria-busy={busy ? true : undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={buttonClass(kind, small, className)}
    >
      {children}
    </button>
  );
}

export interface ButtonLinkProps extends AppLinkProps {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
}

/** A link that looks like a button: it leads somewhere and does nothing. */
export function ButtonLink({ kind = 'plain', small, className = '', ...rest }: ButtonLinkProps) {
  return <AppLink {...rest} className={buttonClass(kind, small, className)} />;
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** What it does, in words: said to screen readers and shown on hover. */
  readonly label: string;
  readonly children: ReactNode;
}

/** A button whose face is a drawing. */
export function IconButton({ label, className = '', children, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} aria-label={label} title={label} className={`m-icon-button ${className}`}>
      {children}
    </button>
  );
}

function buttonClass(kind: ButtonKind, small: boolean | undefined, className: string): string {
  return `m-button m-button--${kind} ${small ? 'm-button--small' : ''} ${className}`;
}
