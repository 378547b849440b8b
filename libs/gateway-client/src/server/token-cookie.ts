/** Keeps the access token of a person where no script of a page can read it. */
export const tokenCookie = 'moda_token';

/** The token that a browser sent along. */
export function tokenOf(cookieHeader: string | null): string | undefined {
  const pair = (cookieHeader ?? '')
    .split(';')
    .map((text) => text.trim())
    .find((text) => text.startsWith(`${tokenCookie}=`));
  const value = pair?.slice(tokenCookie.length + 1);
  return value === undefined || value === '' ? undefined : decodeURIComponent(value);
}

/** @param token undefined forgets it */
export function tokenCookieHeader(token: string | undefined, secure: boolean): string {
  const life = token === undefined ? 'Max-Age=0' : `Max-Age=${90 * 24 * 3600}`;
  return [
    `${tokenCookie}=${encodeURIComponent(token ?? '')}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    life,
    ...(secure ? ['Secure'] : []),
  ].join('; ');
}
