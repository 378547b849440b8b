import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runDetail } from '../testing/run-details';
import { hear, maxLines, nothingHeard, withHeard } from './heard';
import type { RunEvent } from './run-detail';

const at = '2026-03-01T10:00:05.000Z';

function logged(sequence: number): RunEvent {
  const text = `line ${sequence}`;
  return {
    sequence,
    at,
    kind: 'log',
    body: { __typename: 'LogLine', attempt: 1, level: 'info', line: sequence, text },
  };
}

function measured(sequence: number, step: number, value: number | null): RunEvent {
  return {
    sequence,
    at,
    kind: 'metric',
    body: { __typename: 'MetricPoint', step, metricEpoch: null, values: [{ name: 'accuracy', value }] },
  };
}

function progressed(sequence: number, done: number): RunEvent {
  return {
    sequence,
    at,
    kind: 'progress',
    body: { __typename: 'ProgressMade', done, total: 100, unit: null },
  };
}

function ended(sequence: number): RunEvent {
  return {
    sequence,
    at,
    kind: 'state',
    body: { __typename: 'StateChange', from: 'running', to: 'succeeded', reason: 'Training is done.' },
  };
}

describe('What is heard of a run', () => {
  it('is the same whether events come one by one, in bursts, or some of them twice', () => {
    const sequences = Array.from({ length: 40 }, (_, index) => index + 1);
    const event = (sequence: number) =>
      sequence % 3 === 0 ? measured(sequence, sequence, sequence / 40) : logged(sequence);
    const whole = hear(nothingHeard(0), sequences.map(event));
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 12 }), (cuts) => {
        let heard = nothingHeard(0);
        for (const cut of [...cuts, 40]) {
          // A subscription that was cut off begins again behind what was taken in, or a little before.
          const from = Math.max(0, heard.sequence - 3);
          heard = hear(heard, sequences.slice(from, cut).map(event));
        }
        expect(heard).toEqual(whole);
      }),
    );
  });

  it('keeps the last lines of a very long log', () => {
    const many = Array.from({ length: maxLines + 10 }, (_, index) => logged(index + 1));
    const { lines } = hear(nothingHeard(0), many);
    expect(lines).toHaveLength(maxLines);
    expect(lines.at(-1)?.text).toBe(`line ${maxLines + 10}`);
  });

  it('counts what has to be looked up', () => {
    const written: RunEvent = {
      sequence: 1,
      at,
      kind: 'artifact',
      body: { __typename: 'ArtifactWritten', artifactName: 'm', artifactDigest: null, sizeBytes: 1 },
    };
    expect(hear(nothingHeard(0), [written, logged(2)]).written).toBe(1);
  });
});

describe('A run with what was heard of it', () => {
  it('has the state, the progress and the metrics of the last events', () => {
    const heard = hear(nothingHeard(10), [progressed(11, 80), measured(12, 7, 0.9), ended(13)]);
    expect(withHeard(runDetail(), heard)).toMatchObject({
      state: 'succeeded',
      reason: 'Training is done.',
      since: at,
      progressShare: 0.8,
      progress: { done: 80, unit: 'step' },
      metricNames: ['crossEntropy', 'accuracy'],
    });
  });

  it('stays as it was looked up where that was later', () => {
    const heard = hear(nothingHeard(10), [progressed(11, 60)]);
    const later = runDetail({ lastSequence: 20, progressShare: 0.9 });
    expect(withHeard(later, heard).progressShare).toBe(0.9);
  });

  it('tells each change of state once, though it was looked up and heard', () => {
    const heard = hear(nothingHeard(10), [ended(11)]);
    const [first, second] = runDetail().transitions!;
    const change = { at, from: 'running', to: 'succeeded', reason: 'Training is done.' } as const;
    expect(withHeard(runDetail(), heard).transitions).toHaveLength(3);
    const lookedUp = runDetail({ transitions: [first!, second!, change] });
    expect(withHeard(lookedUp, heard).transitions).toHaveLength(3);
  });
});
