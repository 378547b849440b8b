'use client';
import { CodeBlock, Section } from '@moda/ui';
import { useFollowedRun } from './run-context';

/** The line that does the same from a terminal. */
export function CommandPanel() {
  const { run } = useFollowedRun();
  return (
    <Section title="Command">
      <CodeBlock code={`npx ${run.command}`} label="Does the same in a terminal" />
    </Section>
  );
}
