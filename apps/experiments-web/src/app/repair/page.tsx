import '../../styles/analysis.css';
import { GatewayError } from '@moda/gateway-client';
import type { Metadata } from 'next';
import { loadRepairRuns } from '../../repair/data/load-repair-runs';
import { RepairWizard } from '../../repair/repair-wizard';
import { gatewayOfRequest } from '../../server/gateway';

export const metadata: Metadata = { title: 'Repair' };

export default async function Page() {
  const gateway = await gatewayOfRequest();
  // Without an answer the page comes at once and asks again itself.
  const runs = await loadRepairRuns(gateway).catch((error: unknown) => {
    if (error instanceof GatewayError) return undefined;
    throw error;
  });
  return <RepairWizard initialRuns={runs} />;
}
