import { GatewayError } from '@moda/gateway-client';
import { redirect } from 'next/navigation';
import type { RunRowFragment } from '../graphql/generated/operations';
import { loadRunPage } from '../run-store/load-runs';
import { gatewayOfRequest } from '../server/gateway';

/** The runs that a page comes with; none where the gateway is away, for the browser asks again. */
export interface FirstRuns {
  readonly rows: readonly RunRowFragment[];
  /** All that there are; null where that is not known. */
  readonly total: number | null;
}

export async function loadFirstRuns(
  address: Readonly<Record<string, string | readonly string[] | undefined>>,
): Promise<FirstRuns> {
  const { archived } = address;
  const gateway = await gatewayOfRequest();
  try {
    const { rows, total } = await loadRunPage(gateway, {
      archived: archived === 'yes' || archived === 'any' ? archived : 'no',
    });
    return { rows, total };
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'UNAUTHENTICATED') redirect('/login?next=/');
    if (error instanceof GatewayError) return { rows: [], total: null };
    throw error;
  }
}
