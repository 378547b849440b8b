'use client';
import { Section } from '@moda/ui';
import { CommandPanel } from './command-panel';
import { ConfusionPanel } from './confusion-panel';
import { Curves } from './curves';
import { FactsPanel } from './facts-panel';
import { FamilyPanel } from './family-panel';
import { NotesPanel } from './notes-panel';
import { ResultPanel } from './result-panel';
import { TransitionsPanel } from './transitions-panel';

/** The first page of a run: curves, figures, how it came about and what came of it. */
export function RunOverview() {
  return (
    <div className="m-run-columns">
      <div className="m-run-columns__main">
        <Curves />
        <ConfusionPanel />
        <Section title="States" subtitle="Every state it was in, and why.">
          <TransitionsPanel />
        </Section>
      </div>
      <div className="m-run-columns__side">
        <ResultPanel />
        <FactsPanel />
        <CommandPanel />
        <NotesPanel />
        <FamilyPanel />
      </div>
    </div>
  );
}
