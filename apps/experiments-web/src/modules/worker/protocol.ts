import type { ClassMap, LayerPairs, ModulesAt, OpenedModel, SizeAt, UnitUse } from '../model/modules-at';

/** What a page asks of the worker, by name: what it gives, and what comes back. */
export interface Questions {
  /** Has to come first; later ones are about this model. */
  readonly open: {
    readonly given: { readonly manifest: string; readonly rates: ArrayBuffer };
    readonly answer: OpenedModel;
  };
  readonly at: { readonly given: { readonly tau: number }; readonly answer: ModulesAt };
  readonly sizes: {
    readonly given: { readonly taus: readonly number[] };
    readonly answer: readonly SizeAt[];
  };
  readonly layer: {
    readonly given: { readonly tau: number; readonly layer: string };
    readonly answer: LayerPairs;
  };
  readonly classMap: {
    readonly given: { readonly tau: number; readonly class: number };
    readonly answer: ClassMap;
  };
  readonly unit: {
    readonly given: { readonly tau: number; readonly layer: string; readonly unit: number };
    readonly answer: UnitUse;
  };
}

export type QuestionName = keyof Questions;

/** One question on its way to the worker. */
export type Question = {
  [Name in QuestionName]: {
    readonly id: number;
    readonly name: Name;
    readonly given: Questions[Name]['given'];
  };
}[QuestionName];

/** What comes back for the question of the same id. */
export type Reply =
  | { readonly id: number; readonly answer: Questions[QuestionName]['answer'] }
  | { readonly id: number; readonly code: string; readonly message: string };
