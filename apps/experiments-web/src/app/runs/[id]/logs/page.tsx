import { LogPanel } from '../../../../run/log-panel';

export default function Page() {
  return <LogPanel />;
}
