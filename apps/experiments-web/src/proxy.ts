import { type NextRequest, NextResponse } from 'next/server';
import { webEnvironment } from './server/environment';

/** The marketplace is an app of its own, which people see below this one: one origin, one theme, one login. */
export function proxy(request: NextRequest): NextResponse {
  const { marketplaceUrl } = webEnvironment();
  const { pathname, search } = request.nextUrl;
  // Next keeps connections to the other app for ever, and answers 500 where it asks on one that the other app closes at that moment.
  const headers = new Headers(request.headers);
  headers.set('connection', 'close');
  return NextResponse.rewrite(new URL(`${marketplaceUrl}${pathname}${search}`), { request: { headers } });
}

export const config = { matcher: ['/marketplace', '/marketplace/:path*'] };
