'use client';

import { Button, ErrorNote, Section } from '@moda/ui';
import { useState } from 'react';
import { type DownloadFormat, downloadFormats } from '../compose/download-format';
import { saveBytes } from '../compose/save-bytes';
import type { OpenWorkbench } from '../compose/workbench/open-workbench';
import { type Failure, failureOf } from './failure';

/** The composition as a file, made here. */
export function TakeHome({ workbench }: { readonly workbench: () => OpenWorkbench | undefined }) {
  const [busy, setBusy] = useState<DownloadFormat>();
  const [failure, setFailure] = useState<Failure>();
  const take = async (format: DownloadFormat) => {
    const bench = workbench();
    if (bench === undefined) return;
    setBusy(format);
    setFailure(undefined);
    try {
      saveBytes(await bench.take({ format }));
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Section title="Take it home" subtitle="Each file is made in this page from the composition above.">
      <ul className="m-take">
        {downloadFormats.map(({ format, title, note }) => (
          <li key={format} className="m-take__item">
            <Button busy={busy === format} onClick={() => void take(format)}>
              {title}
            </Button>
            <span className="m-muted">{note}</span>
          </li>
        ))}
      </ul>
      {failure !== undefined && <ErrorNote {...failure} />}
    </Section>
  );
}
