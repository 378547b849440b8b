import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { RunState } from '@moda/contracts';
import type { RunCriteria } from '../runs/run-store.js';
import { RunStateName } from './entities/run-state.js';
import type { Fields } from './fields.js';
import { PageArguments } from './page-arguments.js';

export enum RunOrderName {
  newest = 'newest',
  oldest = 'oldest',
  queue = 'queue',
  mostAccurate = 'mostAccurate',
}
registerEnumType(RunOrderName, {
  name: 'RunOrder',
  description:
    '`queue`: in the order in which they are started. `mostAccurate`: those without an accuracy last.',
});

export enum Archived {
  no = 'no',
  yes = 'yes',
  any = 'any',
}
registerEnumType(Archived, { name: 'Archived' });

@InputType({ description: 'Everything given must hold.' })
export class RunCriteriaInput {
  @Field(() => [ID], { nullable: true }) ids?: string[] | null;
  @Field(() => String, { nullable: true }) experiment?: string | null;
  @Field(() => String, { nullable: true }) user?: string | null;
  @Field(() => [RunStateName], { nullable: true }) states?: RunState[] | null;
  @Field(() => [String], { nullable: true, description: 'All of them.' }) tags?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Part of the name, the experiment or the id.' }) text?:
    string | null;
  @Field(() => String, { nullable: true }) arch?: string | null;
  @Field(() => String, { nullable: true }) dataset?: string | null;
  @Field(() => ID, { nullable: true, description: 'Those forked from this run.' }) parentId?: string | null;
  @Field(() => Archived, { defaultValue: Archived.no }) archived?: Archived;
}

@ArgsType()
export class RunsArguments extends PageArguments {
  @Field(() => RunCriteriaInput, { nullable: true }) criteria?: Fields<RunCriteriaInput> | null;
  @Field(() => RunOrderName, { defaultValue: RunOrderName.newest }) order!: RunOrderName;
}

const archivedValues = { no: false, yes: true, any: 'any' } as const;

/** The criteria that were given; null means the same as nothing. */
export function runCriteria(input: Fields<RunCriteriaInput> | null | undefined): RunCriteria {
  const { archived = Archived.no, ...rest } = input ?? {};
  return { ...given(rest), archived: archivedValues[archived] };
}

type Given<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

/** The fields that have a value. */
export function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as Given<T>;
}
