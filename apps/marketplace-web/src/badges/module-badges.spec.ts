import { describe, expect, it } from 'vitest';
import { costBadges, stateBadges, verdictBadge } from './module-badges';

const texts = (badges: readonly { readonly text: string }[]) => badges.map(({ text }) => text);

describe('costBadges', () => {
  it('has nothing to admit of a module that is small and quick', () => {
    expect(costBadges({ share: 0.03, flopsShare: 0.2 })).toEqual([]);
  });

  it('calls a module of more than half of its model not modular, and says how much it has', () => {
    const [badge] = costBadges({ share: 0.984, flopsShare: 0.1 });
    expect(badge).toMatchObject({ tone: 'bad', text: 'not modular' });
    expect(badge?.title).toContain('98.4\u00a0% of the parameters');
  });

  it('tells FLOPs apart from parameters', () => {
    expect(texts(costBadges({ share: 0.12, flopsShare: 0.686 }))).toEqual(['69\u00a0% of the FLOPs']);
    expect(texts(costBadges({ share: 0.9, flopsShare: 0.95 }))).toEqual([
      'not modular',
      '95\u00a0% of the FLOPs',
    ]);
  });

  it('begins beyond the half', () => {
    expect(costBadges({ share: 0.5, flopsShare: 0.5 })).toEqual([]);
  });
});

describe('stateBadges', () => {
  it('warns of what was deprecated or yanked, and of nothing else', () => {
    expect(texts(stateBadges('released'))).toEqual([]);
    expect(texts(stateBadges('deprecated'))).toEqual(['deprecated']);
    expect(texts(stateBadges('yanked'))).toEqual(['yanked']);
  });
});

describe('verdictBadge', () => {
  it('gives each verdict words and a colour of its own, with the reason', () => {
    const badges = (['exact', 'calibrated', 'impossible'] as const).map((kind) =>
      verdictBadge(kind, 'Because.'),
    );
    expect(new Set(texts(badges)).size).toBe(3);
    expect(new Set(badges.map(({ tone }) => tone)).size).toBe(3);
    expect(badges.every(({ title }) => title === 'Because.')).toBe(true);
  });
});
