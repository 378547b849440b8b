import { ArgsType, Field, Float, InputType, Int, registerEnumType } from 'type-graphql';
import type { SearchCriteria } from '../catalogue/catalogue.js';
import type { Fields } from './fields.js';
import { PageArguments } from './page-arguments.js';
import { SafeInt } from './scalars.js';

export enum SearchOrder {
  newest = 'newest',
  smallest = 'smallest',
  fastest = 'fastest',
  mostAccurate = 'mostAccurate',
  mostUsed = 'mostUsed',
}

registerEnumType(SearchOrder, { name: 'SearchOrder' });

@InputType()
export class InputSizeInput {
  @Field(() => Int) height!: number;
  @Field(() => Int) width!: number;
  @Field(() => Int, { nullable: true }) channels?: number | null;
}

@InputType({ description: 'Everything given must hold.' })
export class SearchCriteriaInput {
  @Field(() => String, {
    nullable: true,
    description: 'Whole words and their beginnings; case and accents do not count.',
  })
  className?: string | null;
  @Field(() => String, { nullable: true }) dataset?: string | null;
  @Field(() => String, { nullable: true }) architecture?: string | null;
  @Field(() => InputSizeInput, { nullable: true }) input?: Fields<InputSizeInput> | null;
  @Field(() => String, { nullable: true, description: 'SPDX identifier.' }) license?: string | null;
  @Field(() => String, { nullable: true }) owner?: string | null;
  @Field(() => String, { nullable: true }) model?: string | null;
  @Field(() => Float, { nullable: true, description: '0..1.' }) minAccuracy?: number | null;
  @Field(() => SafeInt, { nullable: true }) maxBytes?: number | null;
  @Field(() => SafeInt, { nullable: true }) maxFlops?: number | null;
  @Field(() => SafeInt, { nullable: true }) maxParameters?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'Words of name, description, classes, data set and architecture.',
  })
  text?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Deprecated versions too; yanked ones are never found.',
  })
  includeDeprecated?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Every version, not only the newest of each model.' })
  everyVersion?: boolean | null;
}

@ArgsType()
export class SearchArguments extends PageArguments {
  @Field(() => SearchCriteriaInput, { nullable: true }) criteria?: Fields<SearchCriteriaInput> | null;
  @Field(() => SearchOrder, { defaultValue: SearchOrder.newest }) order!: SearchOrder;
}

/** The criteria that were given; null means the same as nothing. */
export function searchCriteria(input: Fields<SearchCriteriaInput> | null | undefined): SearchCriteria {
  const { input: size, ...rest } = input ?? {};
  return { ...given(rest), ...(size && { input: { ...size, channels: size.channels ?? undefined } }) };
}

/** The fields that have a value. */
function given<T extends object>(fields: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as {
    [Key in keyof T]?: NonNullable<T[Key]>;
  };
}
