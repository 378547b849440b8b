/**
 * Whether a request came from a page of this very site. Browsers name the origin with every POST; programs that name none have no cookies
 * of a person either.
 */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host;
}
