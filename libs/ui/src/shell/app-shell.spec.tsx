// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { AppShell } from './app-shell.js';
import { type LinkComponentProps, LinkProvider } from './link.js';
import { PageHeader } from './page-header.js';
import { Tabs } from './tabs.js';

afterEach(cleanup);

function RouterLink(props: LinkComponentProps) {
  return <a data-router="yes" {...props} />;
}

const links = [
  { href: '/', label: 'Runs', current: true },
  { href: '/marketplace', label: 'Marketplace', external: true },
];

describe('what stands around a page', () => {
  it('has a header, a main part that the first link leads to, and a footer', () => {
    render(
      <AppShell brandHref="/" links={links}>
        Content
      </AppShell>,
    );
    expect(screen.getAllByRole('link')[0]?.getAttribute('href')).toBe(`#${screen.getByRole('main').id}`);
    expect(screen.getByRole('banner')).toBeDefined();
    expect(screen.getByRole('contentinfo')).toBeDefined();
    expect(screen.getByRole('main').textContent).toBe('Content');
  });

  it('says which page is shown', () => {
    render(<AppShell brandHref="/" links={links} children={null} />);
    const nav = within(screen.getByRole('navigation', { name: 'Main' }));
    expect(nav.getByRole('link', { name: 'Runs' }).getAttribute('aria-current')).toBe('page');
    expect(nav.getByRole('link', { name: 'Marketplace' }).getAttribute('aria-current')).toBeNull();
  });

  it('draws inner links with the link of the router, and links to the other app without', () => {
    render(
      <LinkProvider component={RouterLink}>
        <AppShell brandHref="/" links={links} children={null} />
      </LinkProvider>,
    );
    expect(screen.getByRole('link', { name: 'Runs' }).dataset.router).toBe('yes');
    expect(screen.getByRole('link', { name: 'Marketplace' }).dataset.router).toBeUndefined();
  });
});

describe('the head of a page', () => {
  it('is its one first heading, with the way to it', () => {
    render(<PageHeader title="Run 7" crumbs={[{ label: 'Runs', href: '/' }, { label: 'Run 7' }]} />);
    expect(screen.getByRole('heading', { level: 1, name: 'Run 7' })).toBeDefined();
    const crumbs = within(screen.getByRole('navigation', { name: 'Breadcrumbs' }));
    expect(crumbs.getByRole('link', { name: 'Runs' }).getAttribute('href')).toBe('/');
    expect(crumbs.getByText('Run 7').getAttribute('aria-current')).toBe('page');
  });
});

describe('tabs', () => {
  it('are links of which one is the current page', () => {
    render(
      <Tabs
        label="Parts of the run"
        current="logs"
        tabs={[
          { id: 'curves', label: 'Curves', href: '?tab=curves' },
          { id: 'logs', label: 'Logs', href: '?tab=logs' },
        ]}
      />,
    );
    const current = screen.getAllByRole('link').map((link) => link.getAttribute('aria-current'));
    expect(current).toEqual([null, 'page']);
  });
});
