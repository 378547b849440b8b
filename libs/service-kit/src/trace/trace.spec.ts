import { describe, expect, it } from 'vitest';
import { currentTrace, inTrace, traceOf } from './trace.js';

describe('the trace of a request', () => {
  it('is the one of its header', () => {
    const header = `00-${'0f'.repeat(16)}-${'a1'.repeat(8)}-01`;
    expect(traceOf(header)).toEqual({ traceId: '0f'.repeat(16), traceparent: header });
  });

  it.each([
    undefined,
    '',
    'rubbish',
    `00-${'0'.repeat(32)}-${'a1'.repeat(8)}-01`,
    `00-${'0f'.repeat(16)}-${'0'.repeat(16)}-01`,
    `00-${'0F'.repeat(16)}-${'a1'.repeat(8)}-01`,
    `00-${'0f'.repeat(16)}-${'a1'.repeat(8)}-01\nx`,
  ])('is a new one where the header is %j', (header) => {
    const { traceId, traceparent } = traceOf(header);
    expect(traceparent).toMatch(new RegExp(`^00-${traceId}-[0-9a-f]{16}-00$`));
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(traceId).not.toBe('0f'.repeat(16));
  });

  it('is known wherever its work goes, and nowhere else', async () => {
    const trace = traceOf(undefined);
    const seen = await inTrace(trace, async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      return currentTrace();
    });
    expect(seen).toBe(trace);
    expect(currentTrace()).toBeUndefined();
  });
});
