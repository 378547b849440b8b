'use client';

import { CodeBlock, formatCount, Section, Segments } from '@moda/ui';
import { useState } from 'react';
import { citationOf } from '../commands/citation';
import { snippetsOf } from '../commands/snippets';
import type { PageModule, PageVersion } from './version-question';

interface UsePanelProps {
  readonly version: PageVersion;
  readonly module?: PageModule | undefined;
  /** Threshold where it is not the version's own. */
  readonly tau?: number | undefined;
}

/** How it is used from a shell, from programs and in a paper, and how often it was. */
export function UsePanel({ version, module, tau }: UsePanelProps) {
  const [shown, setShown] = useState<'shell' | 'typescript' | 'python' | 'citation'>('shell');
  const classNames = module === undefined ? [] : [module.className];
  const snippets = [
    ...snippetsOf({ of: version.reference, classNames, tau }, version.input),
    {
      id: 'citation',
      label: 'Citation',
      code: citationOf({ ...version, of: version.reference }),
    } as const,
  ];
  const snippet = snippets.find(({ id }) => id === shown);
  return (
    <Section title="Use it" subtitle={usesSentence(version.uses)} id="use">
      <Segments
        label="Language"
        hideLabel
        value={shown}
        options={snippets.map(({ id, label }) => ({ value: id, label }))}
        onChange={setShown}
      />
      {snippet !== undefined && <CodeBlock label={snippet.label} code={snippet.code} />}
    </Section>
  );
}

function usesSentence(uses: PageVersion['uses']): string {
  if (uses === null) return 'How often it was used is not known at the moment.';
  if (uses.total === 0)
    return 'Nobody has used this version yet. A use is a download of the weights, once a day and client.';
  const times = uses.total === 1 ? 'once' : `${formatCount(uses.total)} times`;
  return `This version was used ${times}, ${formatCount(uses.last30Days)} of them in the last 30 days. A use is a download of the weights, once a day and client.`;
}
