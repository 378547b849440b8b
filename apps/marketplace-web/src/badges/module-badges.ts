import { formatShare, type Tone } from '@moda/ui';

/** Beyond this share of its model a module saves too little to be called one. */
const mostOfAModel = 0.5;

export interface BadgeText {
  readonly tone: Tone;
  readonly text: string;
  /** The fact behind it, as a sentence. */
  readonly title: string;
}

export interface ModuleCost {
  /** Parameters as a share of the whole model, 0..1. */
  readonly share: number;
  /** Multiply-adds as a share of the whole model, 0..1. */
  readonly flopsShare: number;
}

/**
 * What the sizes of a module have to admit. Parameters and FLOPs are judged apart: a module of 3 % of the parameters may well compute half of
 * what its model computes.
 */
export function costBadges({ share, flopsShare }: ModuleCost): readonly BadgeText[] {
  return [
    ...(share > mostOfAModel
      ? [
          {
            tone: 'bad',
            text: 'not modular',
            title: `It has ${formatShare(share)} of the parameters of its model: little is saved.`,
          } as const,
        ]
      : []),
    ...(flopsShare > mostOfAModel
      ? [
          {
            tone: 'warn',
            text: `${formatShare(flopsShare, 0)} of the FLOPs`,
            title: `It computes ${formatShare(flopsShare)} of what its model computes: it is smaller, and hardly faster.`,
          } as const,
        ]
      : []),
  ];
}

/** Why somebody should think twice about a version. */
export function stateBadges(state: string): readonly BadgeText[] {
  if (state === 'deprecated')
    return [{ tone: 'warn', text: 'deprecated', title: 'Its publisher advises against it.' }];
  if (state === 'yanked')
    return [
      { tone: 'bad', text: 'yanked', title: 'Its publisher withdrew it; only its digest still leads here.' },
    ];
  return [];
}

export type VerdictKind = 'exact' | 'calibrated' | 'impossible';

/** How a module goes with the cart, in a word or two. */
export function verdictBadge(kind: VerdictKind, reason: string): BadgeText {
  const words = {
    exact: { tone: 'good', text: 'goes with the cart' },
    calibrated: { tone: 'info', text: 'goes after calibration' },
    impossible: { tone: 'bad', text: 'does not go with the cart' },
  } as const;
  return { ...words[kind], title: reason };
}
