/** What every chart has. */
export interface ChartFrameProps {
  readonly title: string;
  /** One sentence that says what is to be seen; made from the data where it is not given. */
  readonly description?: string;
  /** The heading's level in the page. */
  readonly level?: 2 | 3 | 4;
  readonly className?: string;
}

export interface XAxis {
  readonly label: string;
  readonly unit?: string;
  readonly format?: (value: number) => string;
  readonly log?: boolean;
  readonly zero?: boolean;
}

export interface YAxis extends XAxis {
  /** The ends of the axis; without them the data decide. */
  readonly domain?: readonly [number, number];
}
