/** How large a question may be. Each limit is what one question can cost the services behind, not what people need. */
export interface QuestionLimits {
  /** Words and signs of the text, before anything else is looked at. */
  readonly tokens: number;
  /** Brackets within brackets: whoever reads a question calls itself for each. */
  readonly nesting: number;
  /** Characters of a name; a wrong one is repeated in the complaint. */
  readonly nameLength: number;
  /** Operations and fragments of one text. */
  readonly definitions: number;
  /** The same field again in the same place: each is compared with all the others. */
  readonly repetitions: number;
  /** Fields within fields; the pages of connections take three levels each. */
  readonly depth: number;
  /** Renamed fields: one question could otherwise ask the same thing a thousand times. */
  readonly aliases: number;
  /** Questions in one question. */
  readonly rootFields: number;
  /** Selections side by side: what is compared with each other grows by their square. */
  readonly breadth: number;
  /** Fields that the answer can have, where every list is as long as `first` or `last` asks for. */
  readonly answerFields: number;
}

export const defaultQuestionLimits: QuestionLimits = {
  tokens: 4_000,
  nesting: 64,
  nameLength: 200,
  definitions: 100,
  repetitions: 200,
  depth: 14,
  aliases: 30,
  rootFields: 20,
  breadth: 200,
  answerFields: 50_000,
};
