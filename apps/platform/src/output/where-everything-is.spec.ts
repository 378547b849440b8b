import { describe, expect, it } from 'vitest';
import { whereEverythingIs } from './where-everything-is.js';

const places = {
  urls: {
    gateway: 'http://127.0.0.1:4000',
    training: 'http://127.0.0.1:4001',
    registry: 'http://127.0.0.1:4002',
    experiments: 'http://127.0.0.1:3000',
    marketplace: 'http://127.0.0.1:3001',
  },
  experimentFolder: '.moda/first-experiment',
  logsFolder: '.moda/logs',
  modules: {
    reference: 'local/digits@1.0.0',
    created: true,
    accuracy: 0.9825,
    classes: ['0', '1', '2', '3'],
    runId: 'a',
  },
};

describe('what a newcomer reads at the end', () => {
  it('names addresses, files and what was published', () => {
    const text = whereEverythingIs(places);
    for (const fact of [
      'http://127.0.0.1:3000  runs',
      // Below the experiments app: one origin for people.
      'http://127.0.0.1:3000/marketplace  ',
      'http://127.0.0.1:4000/graphql',
      'http://127.0.0.1:4001/graphql',
      'http://127.0.0.1:4002/graphql',
      '.moda/first-experiment/report/report.md',
      '.moda/logs',
      'local/digits@1.0.0  4 modules, accuracy 98.25 %, run a',
    ])
      expect(text).toContain(fact);
  });

  it('gives commands that work as they stand, also at other addresses', () => {
    expect(whereEverythingIs(places)).toMatch(/^ {2}npx moda pull local\/digits\/3 /m);
    const moved = { ...places.urls, gateway: 'http://127.0.0.1:5000', registry: 'http://127.0.0.1:5002' };
    const text = whereEverythingIs({ ...places, urls: moved });
    expect(text).toMatch(/^ {2}MODA_REGISTRY=http:\/\/127\.0\.0\.1:5002 npx moda pull local\/digits\/3 /m);
    expect(text).toMatch(/^ {2}MODA_GATEWAY=http:\/\/127\.0\.0\.1:5000 npx moda runs list /m);
  });
});
