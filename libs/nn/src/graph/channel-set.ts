import type { ChannelSet } from './architecture.js';

/** All channels 0 .. count-1. */
export function fullSet(count: number): ChannelSet {
  return { of: count, kept: Array.from({ length: count }, (_, channel) => channel) };
}

export function isFull(set: ChannelSet): boolean {
  return set.kept.length === set.of;
}

export function sameSet(a: ChannelSet, b: ChannelSet): boolean {
  return (
    a.of === b.of && a.kept.length === b.kept.length && a.kept.every((channel, i) => channel === b.kept[i])
  );
}

/** Channels in both sets, ascending. */
export function intersect(a: ChannelSet, b: ChannelSet): ChannelSet {
  const inB = new Set(b.kept);
  return { of: a.of, kept: a.kept.filter((channel) => inB.has(channel)) };
}

/** Channels in any of the sets, ascending. At least one set. */
export function unite(sets: readonly ChannelSet[]): ChannelSet {
  const all = new Set(sets.flatMap((set) => set.kept));
  return { of: sets[0]?.of ?? 0, kept: [...all].sort((x, y) => x - y) };
}

/**
 * For every channel of `target`, its position among the channels of `source`, or -1 where `source` lacks it (embed with
 * zeros). This is all that adding on an intersection and depthwise layers of a module need.
 */
export function positionsOf(target: ChannelSet, source: ChannelSet): number[] {
  const positions = new Map(source.kept.map((channel, position) => [channel, position]));
  return target.kept.map((channel) => positions.get(channel) ?? -1);
}

/** Rule "expand across flatten": a channel becomes one unit per position of the map, channels fastest. */
export function expandAcrossFlatten(set: ChannelSet, height: number, width: number): ChannelSet {
  const kept: number[] = [];
  for (let position = 0; position < height * width; position++) {
    for (const channel of set.kept) kept.push(position * set.of + channel);
  }
  return { of: set.of * height * width, kept };
}
