/**
 * A vitest JSON report, as far as it is read here.
 * @typedef {object} Report
 * @property {string} project `libs/nn`.
 * @property {readonly FileResult[]} testResults
 *
 * @typedef {object} FileResult
 * @property {string} name Path of the spec file.
 * @property {'passed' | 'failed'} status
 * @property {string} [message] Why a spec file could not be loaded.
 * @property {readonly TestResult[]} assertionResults
 *
 * @typedef {{ title: string, ancestorTitles: readonly string[], status: string, failureMessages?: readonly string[] }} TestResult
 */

/** A suite or test that needs a part which a newcomer may lack says so in its name: `[needs native]`. */
const needs = /\[needs ([a-z]+(?:, ?[a-z]+)*)\]/;

/**
 * Adds up reports. A spec file that could not be loaded counts as one failed test. A skipped test that needs a required part
 * counts as failed; so does one that gives no reason, when any part is required at all: such a run is there to miss nothing.
 * A todo is listed and counts as skipped. What failed is named, with the first line of its reason; so is what passed at a second try only.
 * @param {readonly Report[]} reports
 * @param {ReadonlySet<string>} required Parts whose absence is a failure.
 * @returns {{ passed: number, failed: number, skipped: number, failures: string[], retried: string[],
 *   notRun: { suite: string, tests: number, why: string }[] }}
 */
export function summarizeTests(reports, required) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const notRun = new Map();
  const failures = [];
  const retried = [];
  for (const { project, testResults } of reports) {
    for (const file of testResults) {
      const place = `${project}: ${baseName(file.name)}`;
      const broken =
        file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed');
      if (broken) countFailed([place], file.message);
      for (const test of file.assertionResults) {
        const titles = [place, ...test.ancestorTitles, test.title];
        if (test.status === 'passed') countPassed(titles, test.failureMessages);
        else if (test.status === 'failed') countFailed(titles, test.failureMessages?.[0]);
        else if (test.status === 'todo') countTodo(test, place);
        // A test that never ran because its file broke is counted with the file.
        else if (!broken) countSkipped(test, place);
      }
    }
  }
  return { ...total, failures, retried, notRun: [...notRun.values()] };

  function countPassed(titles, messages = []) {
    total.passed++;
    if (messages.length > 0) retried.push(withReason(titles, messages[0]));
  }

  function countFailed(titles, message) {
    total.failed++;
    failures.push(withReason(titles, message));
  }

  function withReason(titles, message = '') {
    const reason = message.split('\n')[0];
    return titles.join(' › ') + (reason === '' ? '' : `: ${reason}`);
  }

  /** A promise for later, written down as a test without a body: listed in every run, a failure in none. */
  function countTodo({ title, ancestorTitles }, file) {
    total.skipped++;
    const suite = [file, ...ancestorTitles, title].join(' › ');
    notRun.set(suite, { suite, tests: 1, why: 'not built yet' });
  }

  function countSkipped({ title, ancestorTitles }, file) {
    const titles = [...ancestorTitles, title];
    const named = titles.findIndex((name) => needs.test(name));
    const parts = named < 0 ? [] : needs.exec(titles[named])[1].split(/, ?/);
    const missed = parts.length > 0 ? parts.some((part) => required.has(part)) : required.size > 0;
    total[missed ? 'failed' : 'skipped']++;

    const suite = [file, ...titles.slice(0, named < 0 ? titles.length : named + 1)]
      .join(' › ')
      .replace(needs, '')
      .trim();
    const why = [
      parts.length > 0 ? `${parts.join(', ')} not found` : 'skipped without a reason',
      ...(missed ? ['a failure in this run'] : []),
    ].join('; ');
    const entry = notRun.get(suite) ?? { suite, tests: 0, why };
    entry.tests++;
    notRun.set(suite, entry);
  }
}

/**
 * The last lines of a test run; the very last one is for programs.
 * @param {ReturnType<typeof summarizeTests>} summary
 * @returns {string[]}
 */
export function summaryLines({ passed, failed, skipped, failures, retried, notRun }) {
  const counts = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  return [
    ...(notRun.length > 0 ? ['Not run:'] : []),
    ...notRun.map(
      ({ suite, tests, why }) => `  ${suite} (${tests} ${tests === 1 ? 'test' : 'tests'}): ${why}`,
    ),
    ...(retried.length > 0 ? ['Passed at the second try:'] : []),
    ...retried.map((test) => `  ${test}`),
    ...(failures.length > 0 ? ['Failed:'] : []),
    ...failures.map((failure) => `  ${failure}`),
    counts.join(', '),
  ];
}

function baseName(path) {
  return path.slice(path.lastIndexOf('/') + 1);
}
