import { KeyValues, Section } from '@moda/ui';
import { datasetFacts, modelFacts, trainingFacts } from './card-facts';
import type { PageVersion } from './version-question';

/** The card: what the model is, what it saw, how it was trained. */
export function CardPanel({ version }: { readonly version: PageVersion }) {
  const training = trainingFacts(version);
  return (
    <Section title="Card" subtitle="Written from the run, not by hand." id="card">
      <div className="m-fact-columns">
        <div className="m-stack m-stack--tight">
          <h3>The model</h3>
          <KeyValues items={modelFacts(version)} />
        </div>
        <div className="m-stack m-stack--tight">
          <h3>Its data</h3>
          <KeyValues items={datasetFacts(version)} />
        </div>
        {training.length > 0 && (
          <div className="m-stack m-stack--tight">
            <h3>Its training</h3>
            <KeyValues items={training} />
          </div>
        )}
      </div>
    </Section>
  );
}
