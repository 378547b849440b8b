/** What a person chose; `system` follows the operating system. */
export type Theme = 'light' | 'dark' | 'system';

export const themeKey = 'moda-theme';

/** Sets the theme before anything is painted; both apps put it into the head of every page. */
export const themeScript = `(() => {
  let chosen = null;
  try { chosen = localStorage.getItem('${themeKey}'); } catch {}
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})()`;
