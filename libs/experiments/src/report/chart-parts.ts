import { fontFamily, ink, paleInk, rule } from './palette.js';

/** The look that all charts share: quiet axes, a heading to the left, marks that say more than lines. */

export function heading(text: string, subtext?: string): object {
  return {
    text,
    ...(subtext === undefined ? {} : { subtext }),
    left: 20,
    top: 14,
    itemGap: 6,
    textStyle: { fontFamily, fontSize: 16, fontWeight: 600, color: ink },
    subtextStyle: { fontFamily, fontSize: 12, color: paleInk },
  };
}

export function legend(names: readonly string[], top: number): object {
  return {
    data: [...names],
    left: 20,
    top,
    itemGap: 18,
    itemWidth: 26,
    itemHeight: 9,
    textStyle: { fontFamily, fontSize: 12, color: ink },
  };
}

export const axisLine = { lineStyle: { color: paleInk, width: 1 } };
export const splitLine = { lineStyle: { color: rule, width: 1 } };
export const axisLabel = { fontFamily, fontSize: 11, color: paleInk };
export const axisName = { fontFamily, fontSize: 12, color: ink };

/** Shares as whole percent on an axis. */
export function percentLabel(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`;
}
