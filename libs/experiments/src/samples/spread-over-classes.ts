/**
 * Indices of up to `most` images, spread over the classes: the first image of every class, then the second, and so on.
 *
 * @returns ascending by class, then by place
 */
export function spreadOverClasses(labels: ArrayLike<number>, classes: number, most: number): Uint32Array {
  const places: number[][] = Array.from({ length: classes }, () => []);
  for (let index = 0; index < labels.length; index++) places[labels[index] ?? 0]?.push(index);
  const chosen = new Set<number>();
  const longest = Math.max(0, ...places.map(({ length }) => length));
  for (let turn = 0; turn < longest && chosen.size < most; turn++)
    for (const own of places) {
      const place = own[turn];
      if (place !== undefined && chosen.size < most) chosen.add(place);
    }
  return Uint32Array.from(places.flat().filter((place) => chosen.has(place)));
}
