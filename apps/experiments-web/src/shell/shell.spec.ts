import { GatewayError } from '@moda/gateway-client';
import { describe, expect, it } from 'vitest';
import { createQueryClient } from './query-client';
import { siteLinks } from './site-links';

function currentOn(path: string): readonly string[] {
  return siteLinks(path)
    .filter(({ current }) => current)
    .map(({ label }) => label);
}

describe('The navigation', () => {
  it.each([
    ['/', 'Runs'],
    ['/runs/1/logs', 'Runs'],
    ['/new', 'New run'],
    ['/compare', 'Compare'],
    ['/paper', 'Paper'],
  ])('of %s marks %s', (path, label) => {
    expect(currentOn(path)).toEqual([label]);
  });

  it('leaves this app for the marketplace only', () => {
    expect(siteLinks('/').filter(({ external }) => external)).toMatchObject([{ href: '/marketplace' }]);
  });
});

describe('Questions that were not answered', () => {
  const retry = createQueryClient().getDefaultOptions().queries!.retry as (
    failures: number,
    error: Error,
  ) => boolean;

  it('are asked again while a service is away', () => {
    expect(retry(0, new GatewayError('GATEWAY_UNREACHABLE', ''))).toBe(true);
    expect(retry(29, new GatewayError('SUBGRAPH_UNAVAILABLE', ''))).toBe(true);
  });

  it('are not asked again where the answer would be the same, nor for ever', () => {
    expect(retry(0, new GatewayError('RUN_UNKNOWN', ''))).toBe(false);
    expect(retry(0, new Error('bug'))).toBe(false);
    expect(retry(30, new GatewayError('GATEWAY_UNREACHABLE', ''))).toBe(false);
  });
});
