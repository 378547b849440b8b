import { FilesPanel } from '../../../../run/files-panel';

export default function Page() {
  return <FilesPanel />;
}
