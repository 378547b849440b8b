import type { ReactNode } from 'react';
import { AppLink } from './link.js';
import { Mark } from './mark.js';
import { ThemeSwitch } from './theme-switch.js';

export interface ShellLink {
  readonly href: string;
  readonly label: string;
  readonly current?: boolean;
  /** A page of the other app: loads the whole page, past the router. */
  readonly external?: boolean;
}

export interface AppShellProps {
  readonly brandHref: string;
  /** Whether the mark leads into the other app. */
  readonly brandExternal?: boolean;
  readonly links: readonly ShellLink[];
  /** What stands at the right of the header, before the theme. */
  readonly actions?: ReactNode;
  /** The line at the bottom of each page. */
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

/** Everything around a page: skip link, header with navigation, `<main id="main">`, footer. */
export function AppShell({ brandHref, brandExternal, links, actions, footer, children }: AppShellProps) {
  return (
    <div className="m-shell">
      <a className="m-skip" href="#main">
        Skip to the content
      </a>
      <header className="m-header">
        <div className="m-header__inner">
          <AppLink className="m-brand" href={brandHref} external={brandExternal ?? false}>
            <Mark />
            <span>MODA</span>
          </AppLink>
          <nav className="m-nav" aria-label="Main">
            <ul className="m-nav__list">
              {links.map(({ href, label, current, external }) => (
                <li key={href}>
                  <AppLink
                    className="m-nav__link"
                    href={href}
                    external={external ?? false}
                    aria-current={current ? 'page' : undefined}
                  >
                    {label}
                  </AppLink>
                </li>
              ))}
            </ul>
          </nav>
          <div className="m-header__actions">
            {actions}
            <ThemeSwitch />
          </div>
        </div>
      </header>
      <main className="m-main" id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="m-footer">
        {footer ?? 'MODA trains networks as sets of modules. Press ? for the keys.'}
      </footer>
    </div>
  );
}
