import { GatewayError, type GatewayClient } from '@moda/gateway-client';
import { describe, expect, it } from 'vitest';
import { beginRows, streamedCurves } from './streamed-rows';

const ids = ['a', 'b'];
const names = { a: ['accuracy', 'crossEntropy', 'accuracy:3', 'zeta'], b: ['affinity', 'accuracy'] };

/** A gateway that knows a curve of one point for each run and metric, and what it was asked, in order. */
function gatewayWithCurves(error?: GatewayError) {
  const asked: string[] = [];
  const ask = async (_operation: unknown, variables: unknown) => {
    const { names: metrics, runIds } = variables as { names: string[]; runIds: string[] };
    asked.push(metrics.join(' '));
    await Promise.resolve();
    asked.push(`${metrics.join(' ')} answered`);
    if (error) throw error;
    const points = [{ step: 1, value: 0.5 }];
    return { series: runIds.flatMap((runId) => metrics.map((name) => ({ runId, name, total: 1, points }))) };
  };
  return { gateway: { ask } as unknown as GatewayClient, asked };
}

describe('The curves of a comparison', () => {
  it('are looked up while the page is made, the first row first and two at once, without those of single classes', async () => {
    const { gateway, asked } = gatewayWithCurves();
    const metrics = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'accuracy:3'];
    const rows = beginRows(gateway, ids, { a: metrics, b: metrics }, []);
    await Promise.all(rows.map(({ curves }) => curves));
    expect(asked).toEqual(['a b c', 'd e f', 'a b c answered', 'd e f answered', 'g', 'g answered']);
  });

  it('are looked up only for rows of which a chart is shown', () => {
    const rows = beginRows(gatewayWithCurves().gateway, ids, names, ['zeta']);
    expect(rows.map(({ metrics }) => metrics)).toEqual([['zeta']]);
  });

  it('are taken once, and by those alone who want the same runs and metrics', async () => {
    const curves = streamedCurves(beginRows(gatewayWithCurves().gateway, ids, names, ['zeta']));
    expect(curves.has(['a'], ['zeta'])).toBe(false);
    expect(await curves.take(['b', 'a'], ['zeta'])).toBeUndefined();
    expect(await curves.take(ids, ['zeta'])).toMatchObject([
      { runId: 'a', name: 'zeta', points: [{ step: 1, value: 0.5 }] },
      { runId: 'b' },
    ]);
    expect(curves.has(ids, ['zeta'])).toBe(false);
    expect(await curves.take(ids, ['zeta'])).toBeUndefined();
  });

  it('are left to the page where they cannot be had', async () => {
    const error = new GatewayError('GATEWAY_UNREACHABLE', 'The gateway does not answer.');
    const curves = streamedCurves(beginRows(gatewayWithCurves(error).gateway, ids, names, []));
    expect(await curves.take(ids, ['zeta'])).toBeUndefined();
  });
});
