import { AppLink } from '@moda/ui';
import { modelHref } from '../references/version-reference';
import type { PageVersion } from './version-question';

/** Why one should not take a version that was deprecated or withdrawn. */
export function StateNote({ version }: { readonly version: PageVersion }) {
  if (version.state === 'released') return null;
  const latest = version.model?.aliases?.find(({ alias }) => alias === 'latest')?.version;
  const isYanked = version.state === 'yanked';
  return (
    <div className={`m-note ${isYanked ? 'm-note--bad' : 'm-note--warn'}`} role="note">
      <p>
        <strong>{isYanked ? 'Yanked.' : 'Deprecated.'}</strong>{' '}
        {version.stateMessage ?? 'No reason was given.'}
      </p>
      <p>
        {isYanked
          ? 'No search finds it and no alias names it; what was pulled by digest stays as it is.'
          : 'It can still be used.'}{' '}
        {latest !== undefined && latest !== version.version && version.model !== null && (
          <AppLink
            href={modelHref({ owner: version.model.owner, model: version.model.name, version: latest })}
          >
            See {latest}, the latest version.
          </AppLink>
        )}
      </p>
    </div>
  );
}
