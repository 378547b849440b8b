import { RunOverview } from '../../../run/overview';

export default function Page() {
  return <RunOverview />;
}
