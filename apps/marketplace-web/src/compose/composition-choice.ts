/** Which classes of a published model are to be one network. */
export interface CompositionChoice {
  /** `owner/model@version`, or whatever else names the whole model. */
  readonly of: string;
  /** Output positions of the model; none for the whole model. */
  readonly classes: readonly number[];
  /** Share of a class's samples for which a unit must be active to be kept, 0..1. */
  readonly tau: number;
}
