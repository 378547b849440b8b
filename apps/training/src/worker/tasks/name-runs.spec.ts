import { expect, it } from 'vitest';
import { nameRuns } from './name-runs.js';

const folder = '/data/runs/own-1';

it.each([
  ['The model /data/runs/a-b/model has no class "x".', 'The model of run a-b has no class "x".'],
  [
    'Cannot read the weights /data/runs/a-b/model/weights.safetensors: there is no such file.',
    'Cannot read the weights weights.safetensors of run a-b: there is no such file.',
  ],
  ['The model /data/runs/own-1/model.partial is none.', 'The model of run own-1 is none.'],
  ['Neither /data/runs/a/model nor /data/runs/b/model.', 'Neither of run a nor of run b.'],
  ['The file /data/digits is missing.', 'The file /data/digits is missing.'],
  ['The loss became NaN.', 'The loss became NaN.'],
])('%s', (sentence, named) => {
  expect(nameRuns(sentence, folder)).toBe(named);
});
