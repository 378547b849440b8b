import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lowestNode, nodeVersionProblem } from './node-version.mjs';

describe('nodeVersionProblem', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.11.1', '26.0.0'])('accepts Node %s', (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined();
  });

  it.each(['20.18.3', '18.20.0', '8.0.0'])('names Node %s and the way on', (version) => {
    expect(nodeVersionProblem(version)).toBe(
      `MODA needs Node 20.19 or newer and this is Node ${version}; install a newer one and start again.`,
    );
  });

  it('agrees with package.json', () => {
    const { engines } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
    expect(engines.node).toBe(`>=${lowestNode.join('.')}`);
  });
});
