// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { CompositionFacts } from '../compose/compose-in-page';
import { AnswerTable } from './answer-table';

afterEach(cleanup);

const facts = {
  classes: [
    { index: 0, name: 'zero' },
    { index: 3, name: 'three' },
  ],
  parentClasses: ['zero', 'one', 'two', 'three'],
  input: { height: 1, width: 1, channels: 1 },
} as unknown as CompositionFacts;
const answerTo = (label: number | undefined) => ({
  kind: 'there' as const,
  value: {
    image: { title: 'Sample 3', values: [0], label },
    logits: Float32Array.of(0, Math.log(3)),
    tookMs: 4,
  },
});

describe('the answer', () => {
  it('is a class with its probability, and every number stands in the table', () => {
    render(<AnswerTable facts={facts} answer={answerTo(undefined)} isStarting={false} />);
    expect(screen.getByRole('status').textContent).toContain('three');
    expect(screen.getByRole('status').textContent).toMatch(/75\.0\s% sure, in 4\.00\sms/);
    const rows = screen.getAllByRole('row').map((row) => row.textContent?.replace(/\s/g, ' '));
    expect(rows).toEqual(['ClassProbabilityLogit', 'zero25.0 %0.000', 'three75.0 %1.099']);
  });

  it('is judged for a sample', () => {
    render(<AnswerTable facts={facts} answer={answerTo(1)} isStarting={false} />);
    expect(screen.getByText('It is one, which is not in the composition')).toBeTruthy();
  });

  it('is asked for before there is one, and its failure is told', () => {
    render(<AnswerTable facts={facts} answer={undefined} isStarting />);
    expect(screen.getByText('The composition is being started.')).toBeTruthy();
    cleanup();
    const failure = { code: 'UNEXPECTED', message: 'It broke.', traceId: undefined };
    render(<AnswerTable facts={facts} answer={{ kind: 'failed', failure }} isStarting={false} />);
    expect(screen.getByRole('alert').textContent).toContain('It broke.');
  });
});
