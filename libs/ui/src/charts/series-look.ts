/** How the lines of a chart are told apart. */
export interface SeriesLook {
  /** A CSS colour that follows the theme. */
  readonly colour: string;
  /** An SVG dash pattern; undefined is a whole line. */
  readonly dash: string | undefined;
}

const colours = 8;
const dashes = [undefined, '7 3', '2 3', '9 3 2 3', '14 5'];

/** The look of the series in this place. The first forty differ in colour and dash taken together, neighbours in both. */
export function seriesLook(place: number): SeriesLook {
  return { colour: `var(--series-${(place % colours) + 1})`, dash: dashes[place % dashes.length] };
}
