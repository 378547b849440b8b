'use client';

import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { AppLink } from '../shell/link.js';

export interface MenuProps {
  readonly label: ReactNode;
  readonly children: ReactNode;
  /** Which edge of the button it hangs from. */
  readonly align?: 'start' | 'end';
  readonly small?: boolean;
  readonly className?: string;
}

/** A button that opens a small sheet below itself; Escape, a press beside it and a choice in it close it. */
export function Menu({ label, children, align = 'start', small, className = '' }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const element = details.current;
      if (!element?.open) return;
      const outside = event.target instanceof Node && !element.contains(event.target);
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : outside) element.open = false;
      if (event instanceof KeyboardEvent && event.key === 'Escape') element.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details ref={details} className={`m-menu m-menu--${align} ${className}`}>
      <summary className={`m-button m-button--plain ${small ? 'm-button--small' : ''}`}>
        {label}
        <svg className="m-menu__arrow" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="m3 4.5 3 3 3-3" />
        </svg>
      </summary>
      <div className="m-menu__sheet">{children}</div>
    </details>
  );
}

export interface MenuItemProps {
  readonly children: ReactNode;
  readonly onClick?: () => void;
  /** Makes it a link. */
  readonly href?: string;
  readonly external?: boolean;
  readonly disabled?: boolean;
}

/** One choice of a menu. */
export function MenuItem({ children, onClick, href, external, disabled }: MenuItemProps) {
  const choose = (event: MouseEvent<HTMLElement>) => {
    const menu = event.currentTarget.closest('details');
    if (menu) menu.open = false;
    onClick?.();
  };
  return href === undefined ? (
    <button type="button" className="m-menu__item" onClick={choose} disabled={disabled}>
      {children}
    </button>
  ) : (
    <AppLink className="m-menu__item" href={href} external={external ?? false} onClick={choose}>
      {children}
    </AppLink>
  );
}
