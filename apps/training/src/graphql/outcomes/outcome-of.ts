import type { Fields } from '../fields.js';

/** Fields as an object of a GraphQL type: the members of a union are told apart by their class. */
export function outcomeOf<T extends object>(Type: new () => T, fields: Fields<T>): T {
  return Object.assign(new Type(), fields);
}
