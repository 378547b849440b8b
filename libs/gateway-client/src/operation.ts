/** The text of an operation that knows what it takes and gives; the generated documents of the web apps are such. */
export interface Operation<Result, Variables> {
  toString(): string;
  /** For the compiler only. */
  readonly __apiType?: (variables: Variables) => Result;
}
