import type { ReactNode } from 'react';
import { AppLink } from './link.js';

export interface Crumb {
  readonly label: string;
  /** Absent for the page itself. */
  readonly href?: string;
}

export interface PageHeaderProps {
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  readonly className?: string;
}

/** The one `<h1>` of a page, the way to it, and what can be done with the page as a whole. */
export function PageHeader({ title, subtitle, actions, crumbs = [], className = '' }: PageHeaderProps) {
  return (
    <div className={`m-page-header ${className}`}>
      {crumbs.length > 0 && (
        <nav className="m-crumbs" aria-label="Breadcrumbs">
          <ol>
            {crumbs.map(({ label, href }) => (
              <li key={label}>
                {href ? <AppLink href={href}>{label}</AppLink> : <span aria-current="page">{label}</span>}
              </li>
            ))}
          </ol>
        </nav>
      )}
      <div className="m-page-header__row">
        <div className="m-page-header__text">
          <h1>{title}</h1>
          {subtitle && <div className="m-page-header__subtitle">{subtitle}</div>}
        </div>
        {actions && <div className="m-actions">{actions}</div>}
      </div>
    </div>
  );
}

export interface SectionProps {
  readonly title: ReactNode;
  readonly subtitle?: ReactNode;
  readonly actions?: ReactNode;
  readonly id?: string;
  /** 2 for a part of the page, 3 for a part of a part. */
  readonly level?: 2 | 3;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a page on a card of its own, with its heading. */
export function Section({ title, subtitle, actions, id, level = 2, className = '', children }: SectionProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className={`m-section ${className}`} id={id}>
      <div className="m-section__head">
        <div className="m-section__text">
          <Heading className="m-section__title">{title}</Heading>
          {subtitle && <div className="m-section__subtitle">{subtitle}</div>}
        </div>
        {actions && <div className="m-actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
