import { GatewayError } from '@moda/gateway-client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

/** An answer stays good for so long without being asked for again (ms). */
const staleTimeMs = 15_000;

/** A gateway that is restarted is back within this many attempts, a second and more apart. */
const maxAttempts = 30;

/** Remembers answers; asks again where a service was away; leads to the login where nobody is known. */
export function createQueryClient(): QueryClient {
  const leadToLogin = (error: Error): void => {
    if (error instanceof GatewayError && error.code === 'UNAUTHENTICATED') goToLogin();
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        if (query.meta?.['quiet'] !== true) leadToLogin(error);
      },
    }),
    mutationCache: new MutationCache({ onError: leadToLogin }),
    defaultOptions: {
      queries: {
        staleTime: staleTimeMs,
        // The gateway is on this machine or near it: the browser's own idea of being offline says nothing about it.
        networkMode: 'always',
        retry: (failures, error) =>
          failures < maxAttempts && error instanceof GatewayError && error.isPassing,
        retryDelay: (failures) => Math.min(5_000, 500 * 2 ** failures),
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/** Leads to the login, and from there back to this page. */
function goToLogin(): void {
  if (typeof window === 'undefined' || window.location.pathname === '/login') return;
  const { pathname, search } = window.location;
  window.location.assign(`/login?${new URLSearchParams({ next: `${pathname}${search}` }).toString()}`);
}
