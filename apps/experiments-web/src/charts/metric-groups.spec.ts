import { describe, expect, it } from 'vitest';
import { metricGroups, metricTitle } from './metric-groups';

describe('Charts of a run', () => {
  it('draw what belongs together in one, and only what there is', () => {
    const groups = metricGroups(['crossEntropy', 'affinity', 'compactness', 'accuracy', 'moduleShare']);
    expect(groups.map(({ id, names }) => [id, names])).toEqual([
      ['accuracy', ['accuracy']],
      ['crossEntropy', ['crossEntropy']],
      ['modularity', ['affinity', 'compactness']],
      ['modules', ['moduleShare']],
    ]);
  });

  it('show a metric that nobody foresaw by itself, and those of single classes together', () => {
    const groups = metricGroups(['learningRate', 'accuracy:0', 'accuracy:1']);
    expect(groups.map(({ title, names }) => [title, names])).toEqual([
      ['Learning rate', ['learningRate']],
      ['Accuracy of each class', ['accuracy:0', 'accuracy:1']],
    ]);
  });

  it('name metrics in words', () => {
    expect(metricTitle('crossEntropy')).toBe('Cross-entropy');
    expect(metricTitle('learningRate')).toBe('Learning rate');
    expect(metricTitle('accuracy:7')).toBe('class 7');
  });
});
