'use client';
import { isTerminal } from '@moda/contracts';
import { followForGood, GatewayError } from '@moda/gateway-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { gateway } from '../gateway/browser-client';
import { RunByIdDocument, RunEventsDocument } from '../graphql/generated/operations';
import { type Heard, hear, nothingHeard, withHeard } from './heard';
import type { RunDetail, RunEvent } from './run-detail';

/** A run that is followed while its page is open. */
export interface FollowedRun {
  readonly run: RunDetail;
  readonly heard: Heard;
  /** Last event before the page began to listen: what is looked up later and holds it misses nothing. */
  readonly since: number;
  /** Whether the page hears of every change; undefined where nothing will change any more. */
  readonly live: boolean | undefined;
  /** What ended the following for good. */
  readonly error: GatewayError | undefined;
}

const FollowedRunContext = createContext<FollowedRun | undefined>(undefined);

/** @throws Error outside of a run's page */
export function useFollowedRun(): FollowedRun {
  const followed = useContext(FollowedRunContext);
  if (followed === undefined) throw new Error('There is no run here; render RunProvider above.');
  return followed;
}

/** A run as it is known, for parts of its page that are shown without a gateway. */
export function FollowedRunProvider(props: {
  readonly run: RunDetail;
  readonly heard: Heard;
  readonly children: ReactNode;
}) {
  const { run, heard, children } = props;
  const followed = useMemo(
    () => ({ run, heard, since: run.lastSequence, live: undefined, error: undefined }),
    [run, heard],
  );
  return <FollowedRunContext.Provider value={followed}>{children}</FollowedRunContext.Provider>;
}

/** Events come in bursts: the page takes them in as often (ms). */
const takeInMs = 400;

/** A run that waits is looked up as often: why it waits and how many are before it comes by no event (ms). */
const waitingMs = 5_000;

/** Looks a run up and follows it; a gateway that goes away is waited for. */
export function RunProvider(props: { readonly initial: RunDetail; readonly children: ReactNode }) {
  const { initial, children } = props;
  const { id } = initial;
  const { data } = useQuery({
    queryKey: ['run', id],
    queryFn: async ({ signal }) =>
      (await gateway.askPartly(RunByIdDocument, { id }, signal)).data?.run ?? initial,
    initialData: initial,
    refetchInterval: ({ state }) => (state.data !== undefined && waits(state.data) ? waitingMs : false),
  });
  // What is remembered of an earlier visit may be older than what came with the page.
  const lookedUp = data.lastSequence < initial.lastSequence ? initial : data;
  const { heard, live, error } = useRunEvents(initial);
  const run = useMemo(() => withHeard(lookedUp, heard), [lookedUp, heard]);
  useLookUpAfter(id, `${heard.lastState?.sequence ?? 0} ${heard.written}`);
  const since = initial.lastSequence;
  const followed = useMemo(() => ({ run, heard, since, live, error }), [run, heard, since, live, error]);
  return <FollowedRunContext.Provider value={followed}>{children}</FollowedRunContext.Provider>;
}

function waits({ state }: RunDetail): boolean {
  return state === 'queued' || state === 'preempted' || state === 'interrupted';
}

function useRunEvents(initial: RunDetail): Pick<FollowedRun, 'heard' | 'live' | 'error'> {
  const { id, lastSequence } = initial;
  const isOver = isTerminal(initial.state);
  const [heard, setHeard] = useState(() => nothingHeard(lastSequence));
  const [live, setLive] = useState<boolean | undefined>(isOver ? undefined : true);
  const [error, setError] = useState<GatewayError | undefined>(undefined);
  useEffect(() => {
    if (isOver) return undefined;
    const over = new AbortController();
    let waiting: RunEvent[] = [];
    let last = lastSequence;
    const takeIn = (): void => {
      if (waiting.length === 0) return;
      const events = waiting;
      waiting = [];
      setHeard((before) => hear(before, events));
    };
    const timer = setInterval(takeIn, takeInMs);
    followForGood({
      begin: (onConnected) =>
        gateway.follow(RunEventsDocument, { id, after: last }, over.signal, onConnected),
      onItem: ({ runEvents: event }) => {
        if (event === null) return;
        waiting.push(event);
        last = Math.max(last, event.sequence);
      },
      onLive: setLive,
      signal: over.signal,
    }).then(
      () => {
        takeIn();
        if (!over.signal.aborted) setLive(undefined);
      },
      (reason: unknown) => {
        if (over.signal.aborted) return;
        setLive(false);
        if (reason instanceof GatewayError) setError(reason);
      },
    );
    return () => {
      over.abort();
      clearInterval(timer);
    };
  }, [id, isOver, lastSequence]);
  return { heard, live, error };
}

/** Looks the run up once more after it changed in ways that events tell in short only. */
function useLookUpAfter(id: string, changes: string): void {
  const client = useQueryClient();
  useEffect(() => {
    if (changes === '0 0') return undefined;
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ['run', id] }), takeInMs);
    return () => clearTimeout(timer);
  }, [client, id, changes]);
}
