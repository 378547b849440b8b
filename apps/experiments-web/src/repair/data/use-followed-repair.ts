'use client';
import { GatewayError, followForGood } from '@moda/gateway-client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { gateway } from '../../gateway/browser-client';
import {
  RepairProgressDocument,
  type RepairProgressSubscription,
  RepairResultDocument,
} from '../../graphql/generated/operations';

type Progress = NonNullable<RepairProgressSubscription['progress']>;

export interface FollowedRepair {
  readonly progress: Progress | undefined;
  /** Undefined while nothing was heard yet. */
  readonly live: boolean | undefined;
  readonly result: ReturnType<typeof useRepairResult>;
}

const over: readonly string[] = ['succeeded', 'failed', 'cancelled'];

export function isOver(state: string | undefined): boolean {
  return state !== undefined && over.includes(state);
}

/** A repair, live until it is over, through every break of the connection; then what it came to. */
export function useFollowedRepair(id: string): FollowedRepair {
  const [heard, setHeard] = useState<Progress>();
  const [live, setLive] = useState<boolean>();
  const progress = heard?.id === id ? heard : undefined;
  useEffect(() => {
    const stop = new AbortController();
    void followForGood({
      begin: () => gateway.follow(RepairProgressDocument, { ids: [id] }, stop.signal),
      onItem: ({ progress: next }) => {
        if (!next) return;
        setHeard(next);
        if (isOver(next.state)) stop.abort();
      },
      onLive: setLive,
      signal: stop.signal,
    }).catch((error: unknown) => {
      // What cannot be followed is told by the question for the result.
      if (!(error instanceof GatewayError)) throw error;
      setLive(false);
    });
    return () => stop.abort();
  }, [id]);
  return { progress, live, result: useRepairResult(id, progress?.state) };
}

function useRepairResult(id: string, state: string | undefined) {
  return useQuery({
    // Asked anew when the run is over.
    queryKey: ['repair-result', id, isOver(state)],
    queryFn: ({ signal }) => gateway.ask(RepairResultDocument, { id }, signal),
  });
}
