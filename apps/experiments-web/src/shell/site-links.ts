/** One entry of the navigation. */
export interface SiteLink {
  readonly href: string;
  readonly label: string;
  readonly current: boolean;
  /** A page of the other app. */
  readonly external: boolean;
}

const entries = [
  { href: '/', label: 'Runs' },
  { href: '/new', label: 'New run' },
  { href: '/compare', label: 'Compare' },
  { href: '/repair', label: 'Repair' },
  { href: '/paper', label: 'Paper' },
  { href: '/marketplace', label: 'Marketplace' },
] as const;

/** The navigation as it looks on the page at `path`; a page of a run belongs to the runs. */
export function siteLinks(path: string): readonly SiteLink[] {
  return entries.map(({ href, label }) => ({
    href,
    label,
    current: isBelow(path, href),
    external: href === '/marketplace',
  }));
}

function isBelow(path: string, href: string): boolean {
  if (href === '/') return path === '/' || path.startsWith('/runs/');
  return path === href || path.startsWith(`${href}/`);
}
