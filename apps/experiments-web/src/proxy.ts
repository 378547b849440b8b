import { type NextRequest, NextResponse } from 'next/server';
import { webEnvironment } from './server/environment';

/** The marketplace is an app of its own, which people see below this one: one origin, one theme, one login. */
export function proxy(request: NextRequest): NextResponse {
  const { marketplaceUrl } = webEnvironment();
  const { pathname, search } = request.nextUrl;
  return NextResponse.rewrite(new URL(`${marketplaceUrl}${pathname}${search}`));
}

export const config = { matcher: ['/marketplace', '/marketplace/:path*'] };
