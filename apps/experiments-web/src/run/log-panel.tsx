'use client';
import { Button, ButtonLink, ErrorNote, SearchField, Section, Segments, Skeleton } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { gateway } from '../gateway/browser-client';
import type { LogEntry } from './heard';
import { loadLog } from './load-log';
import { filterLines, logLevels, mergeLines } from './log-filter';
import { useFollowedRun } from './run-context';

/** What the worker of the run wrote, as it writes it. */
export function LogPanel() {
  const { run, heard, since } = useFollowedRun();
  const [filter, setFilter] = useQueryStates({
    level: parseAsStringLiteral(logLevels).withDefault('all'),
    text: parseAsString.withDefault(''),
  });
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['log', run.id, since],
    queryFn: ({ signal }) => loadLog(gateway, run.id, signal),
    staleTime: Infinity,
  });
  const lines = useMemo(() => mergeLines(data ?? [], heard.lines), [data, heard.lines]);
  const shown = useMemo(() => filterLines(lines, filter), [lines, filter]);
  return (
    <Section
      title="Log"
      subtitle={`${shown.length} of ${lines.length} lines`}
      actions={
        run.logUrl !== null && (
          <ButtonLink small external href={run.logUrl} download={`${run.id}.log`}>
            Download the whole log
          </ButtonLink>
        )
      }
    >
      <div className="m-log-tools">
        <SearchField
          label="Search the log"
          shortcut="/"
          value={filter.text}
          onChange={(text) => void setFilter({ text })}
        />
        <Segments
          hideLabel
          label="Level"
          value={filter.level}
          onChange={(level) => void setFilter({ level })}
          options={[
            { value: 'all', label: 'All' },
            { value: 'warning', label: 'Warnings and errors' },
            { value: 'error', label: 'Errors' },
          ]}
        />
      </div>
      {error instanceof GatewayError && (
        <ErrorNote
          code={error.code}
          message={error.message}
          traceId={error.traceId}
          onRetry={() => void refetch()}
        />
      )}
      {isPending ? <Skeleton height="28rem" /> : <LogLines lines={shown} />}
    </Section>
  );
}

/** The reader is at the end as long as no more than this is below (px). */
const nearEnd = 32;

/** Lines that follow the newest one, unless the reader has scrolled up. */
function LogLines({ lines }: { readonly lines: readonly LogEntry[] }) {
  const box = useRef<HTMLDivElement>(null);
  const [follows, setFollows] = useState(true);
  useEffect(() => {
    const { current } = box;
    if (current !== null && follows) current.scrollTop = current.scrollHeight;
  }, [lines, follows]);
  const onScroll = (): void => {
    const { current } = box;
    if (current !== null)
      setFollows(current.scrollHeight - current.scrollTop - current.clientHeight < nearEnd);
  };
  return (
    <div className="m-log-frame">
      <div ref={box} className="m-log" role="log" aria-label="Log" tabIndex={0} onScroll={onScroll}>
        {lines.length === 0 && <p className="m-muted">No line yet.</p>}
        {lines.map(({ sequence, at, level, text, attempt }) => (
          <div key={sequence} className={`m-log__line m-log__line--${level}`}>
            <time className="m-log__time" dateTime={at} title={`${at}, attempt ${attempt}`}>
              {at.slice(11, 19)}
            </time>
            <span className="m-log__level">{level === 'info' ? '' : level}</span>
            <span className="m-log__text">{text}</span>
          </div>
        ))}
      </div>
      {!follows && (
        <Button small className="m-log-frame__end" onClick={() => setFollows(true)}>
          Follow the newest lines
        </Button>
      )}
    </div>
  );
}
