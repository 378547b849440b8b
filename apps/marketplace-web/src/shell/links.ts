/** This app lives below this path; Next adds it to its own links, plain links name it. */
export const basePath = '/marketplace';

/** The pages of the product in the order in which they are shown; both apps show the same. Other pages belong to the other app. */
export const siteLinks = [
  { href: '/', label: 'Runs', external: true },
  { href: '/new', label: 'New run', external: true },
  { href: '/compare', label: 'Compare', external: true },
  { href: '/repair', label: 'Repair', external: true },
  { href: '/paper', label: 'Paper', external: true },
  { href: basePath, label: 'Marketplace', external: true, current: true },
] as const;
