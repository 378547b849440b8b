'use client';
import {
  AppLink,
  DateTime,
  formatAccuracy,
  formatCount,
  formatNumber,
  formatSeconds,
  Section,
  Stat,
} from '@moda/ui';
import { useFollowedRun } from './run-context';

/** What the run came to: its figures and where it was published. */
export function ResultPanel() {
  const { run } = useFollowedRun();
  const { outcome, versions, device } = run;
  if (outcome === null) return null;
  return (
    <Section title="Result">
      <div className="m-stats">
        {outcome.accuracy !== null && (
          <Stat label="Accuracy" value={formatAccuracy(outcome.accuracy)} note="on the test images" />
        )}
        {outcome.crossEntropy !== null && (
          <Stat label="Cross-entropy" value={formatNumber(outcome.crossEntropy)} note="on the test images" />
        )}
        {outcome.parameters !== null && <Stat label="Parameters" value={formatCount(outcome.parameters)} />}
        {outcome.seconds !== null && (
          <Stat label="Time" value={formatSeconds(outcome.seconds)} note={device ?? undefined} />
        )}
      </div>
      {versions !== null && versions.length > 0 && (
        <ul className="m-plain-list" aria-label="Published versions">
          {versions.map(({ id, reference, state, publishedAt }) => (
            <li key={id}>
              <AppLink external href={marketplacePath(reference)}>
                {reference}
              </AppLink>{' '}
              {state !== 'released' && `(${state}) `}
              <span className="m-muted">
                published <DateTime value={publishedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Where the marketplace shows `owner/model@version`. */
function marketplacePath(reference: string): string {
  const [name = '', version = ''] = reference.split('@');
  const path = name.split('/').map(encodeURIComponent).join('/');
  return `/marketplace/m/${path}?${new URLSearchParams({ version }).toString()}`;
}
