import { describe, expect, it } from 'vitest';
import { summarizeTests, summaryLines } from './test-summary.mjs';

const test = (status, ...titles) => ({
  status,
  ancestorTitles: titles.slice(0, -1),
  title: titles.at(-1) ?? 'a test',
});
const file = (name, ...assertionResults) => ({
  name: `/anywhere/${name}`,
  status: assertionResults.some(({ status }) => status === 'failed') ? 'failed' : 'passed',
  assertionResults,
});
const report = (project, ...testResults) => ({ project, testResults });
const nothing = new Set();

const native = report(
  'libs/tensor-backend',
  file(
    'ops.spec.ts',
    test('skipped', 'ops [needs native]', 'conv'),
    test('skipped', 'ops [needs native]', 'relu'),
  ),
);

describe('summarizeTests', () => {
  it('adds up the reports of all projects', () => {
    const reports = [
      report('libs/nn', file('a.spec.ts', test('passed'), test('passed')), file('b.spec.ts', test('failed'))),
      report('libs/moda', file('c.spec.ts', test('passed'))),
      report('apps/e2e'),
    ];
    expect(summarizeTests(reports, nothing)).toMatchObject({ passed: 3, failed: 1, skipped: 0, notRun: [] });
  });

  it('counts a spec file that could not be loaded as a failure', () => {
    const broken = { name: '/anywhere/a.spec.ts', status: 'failed', assertionResults: [] };
    expect(summarizeTests([report('libs/nn', broken)], nothing)).toMatchObject({ passed: 0, failed: 1 });
  });

  it('counts a hook that failed once, not once more for each test it kept from running', () => {
    const broken = {
      name: '/anywhere/a.spec.ts',
      status: 'failed',
      assertionResults: [test('skipped'), test('skipped')],
    };
    expect(summarizeTests([report('libs/nn', broken)], nothing)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: ['libs/nn: a.spec.ts'],
      retried: [],
      notRun: [],
    });
  });

  it('lists what is not built yet, and fails for it in no run', () => {
    const todo = report('libs/nn', file('a.spec.ts', test('todo', 'networks', 'fly')));
    expect(summarizeTests([todo], new Set(['native']))).toEqual({
      passed: 0,
      failed: 0,
      skipped: 1,
      failures: [],
      retried: [],
      notRun: [{ suite: 'libs/nn: a.spec.ts › networks › fly', tests: 1, why: 'not built yet' }],
    });
  });

  it('names a suite whose part was not found', () => {
    expect(summarizeTests([native], nothing)).toEqual({
      passed: 0,
      failed: 0,
      skipped: 2,
      failures: [],
      retried: [],
      notRun: [{ suite: 'libs/tensor-backend: ops.spec.ts › ops', tests: 2, why: 'native not found' }],
    });
  });

  it('turns the absence of a required part into failures', () => {
    expect(summarizeTests([native], new Set(['native']))).toMatchObject({
      failed: 2,
      skipped: 0,
      notRun: [{ why: 'native not found; a failure in this run' }],
    });
    expect(summarizeTests([native], new Set(['browser']))).toMatchObject({ failed: 0, skipped: 2 });
  });

  it('takes each part of a suite that needs several', () => {
    const both = report(
      'apps/e2e',
      file('a.e2e.ts', test('skipped', 'page [needs browser, postgres]', 'opens')),
    );
    expect(summarizeTests([both], new Set(['postgres']))).toMatchObject({ failed: 1 });
  });

  it('lists a skipped test without a reason, and lets it pass only where nothing is required', () => {
    const forgotten = report('libs/nn', file('a.spec.ts', test('skipped', 'graph', 'later')));
    expect(summarizeTests([forgotten], nothing)).toMatchObject({
      skipped: 1,
      notRun: [{ suite: 'libs/nn: a.spec.ts › graph › later', why: 'skipped without a reason' }],
    });
    expect(summarizeTests([forgotten], new Set(['native']))).toMatchObject({ failed: 1, skipped: 0 });
  });
});

describe('summaryLines', () => {
  it('ends with the counts alone on a line', () => {
    expect(
      summaryLines({ passed: 12, failed: 0, skipped: 0, failures: [], retried: [], notRun: [] }),
    ).toEqual(['12 passed, 0 failed']);
  });

  it('lists what did not run before the counts', () => {
    expect(summaryLines(summarizeTests([native], nothing))).toEqual([
      'Not run:',
      '  libs/tensor-backend: ops.spec.ts › ops (2 tests): native not found',
      '0 passed, 0 failed, 2 skipped',
    ]);
  });

  it('names what failed, with the first line of its reason, where the end of a long log is all that is seen', () => {
    const failed = {
      ...test('failed', 'graph', 'is drawn'),
      failureMessages: ['Error: no ink\n    at draw', 'again'],
    };
    const broken = {
      name: '/anywhere/b.spec.ts',
      status: 'failed',
      message: 'no paper\n',
      assertionResults: [],
    };
    expect(
      summaryLines(summarizeTests([report('libs/nn', file('a.spec.ts', failed), broken)], nothing)),
    ).toEqual([
      'Failed:',
      '  libs/nn: a.spec.ts › graph › is drawn: Error: no ink',
      '  libs/nn: b.spec.ts: no paper',
      '0 passed, 2 failed',
    ]);
  });

  it('names what passed at its second try only, with what the first one came to', () => {
    const late = { ...test('passed', 'graph', 'is drawn'), failureMessages: ['Error: no ink\n    at draw'] };
    expect(summaryLines(summarizeTests([report('libs/nn', file('a.e2e.ts', late))], nothing))).toEqual([
      'Passed at the second try:',
      '  libs/nn: a.e2e.ts › graph › is drawn: Error: no ink',
      '1 passed, 0 failed',
    ]);
  });
});
