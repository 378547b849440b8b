import type { Metadata } from 'next';
import { FirstPaint } from '../../../../../server/first-paint';
import { VersionPage } from '../../../../../version-page/version-page';
import { pageVersion } from '../../../../../version-page/version-question';

interface Address {
  readonly params: Promise<{ readonly owner: string; readonly model: string; readonly class: string }>;
  readonly searchParams: Promise<{ readonly version?: string | string[] }>;
}

export async function generateMetadata({ params }: Address): Promise<Metadata> {
  const { owner, model, class: className } = await params;
  return { title: [className, `${owner}/${model}`].map(decodeURIComponent).join(' of ') };
}

export default async function Page({ params, searchParams }: Address) {
  const { owner, model, class: className } = await params;
  const { version } = await searchParams;
  const place = {
    owner: decodeURIComponent(owner),
    model: decodeURIComponent(model),
    selector: typeof version === 'string' ? version : null,
  };
  return (
    <FirstPaint ask={(queries, gateway) => [queries.query(pageVersion(gateway, place))]}>
      <VersionPage owner={place.owner} model={place.model} className={decodeURIComponent(className)} />
    </FirstPaint>
  );
}
