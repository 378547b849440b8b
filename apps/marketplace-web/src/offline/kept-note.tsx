'use client';

import { Button, Section } from '@moda/ui';
import { useEffect, useState } from 'react';
import type { OpenWorkbench } from '../compose/workbench/open-workbench';
import { canKeepPages, forgetEverything, keepThisPage } from './offline-worker';

type Kept = 'waiting' | 'all' | 'composition' | 'nothing';

interface KeptNoteProps {
  readonly workbench: () => OpenWorkbench | undefined;
  /** Whether all that the page needs was loaded. */
  readonly isReady: boolean;
}

/** Keeps the page with its composition for a time without a network, and says so. */
export function KeptNote({ workbench, isReady }: KeptNoteProps) {
  const [kept, setKept] = useState<Kept>('waiting');
  useEffect(() => {
    if (!isReady) return;
    let isOver = false;
    const keep = async () => {
      const loaded = await workbench()?.loaded();
      const isKept = canKeepPages() && (await keepThisPage(loaded ?? []));
      if (!isOver) setKept(isKept ? 'all' : 'composition');
    };
    // Where there is no room or no right to keep it, there is nothing to be done about it.
    keep().catch(() => {
      if (!isOver) setKept('composition');
    });
    return () => {
      isOver = true;
    };
  }, [isReady, workbench]);

  return (
    <Section title="Without a network">
      <p role="status">{sentences[kept]}</p>
      {(kept === 'all' || kept === 'composition') && (
        <div>
          <Button
            small
            onClick={() => {
              void forgetEverything().then(() => setKept('nothing'));
            }}
          >
            Forget what this browser keeps
          </Button>
        </div>
      )}
    </Section>
  );
}

const sentences: Readonly<Record<Kept, string>> = {
  waiting: 'The page is kept in this browser once everything is there.',
  all: 'This page is kept in this browser, with its composition: it opens and runs where neither the registry nor this app answers.',
  composition:
    'The composition is kept in this browser, so that it needs no registry; the page itself is not, for which this app has to answer over HTTPS or on the loopback address.',
  nothing: 'Nothing is kept in this browser any more; the page goes on as long as it is open.',
};
