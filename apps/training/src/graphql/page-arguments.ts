import { ModaError } from '@moda/contracts';
import type { PageRequest } from '@moda/service-kit/database';
import { ArgsType, Field, Int } from 'type-graphql';
import type { Fields } from './fields.js';

const maxPageSize = 100;

@ArgsType()
export class PageArguments {
  @Field(() => Int, { defaultValue: 20, description: `1 to ${maxPageSize}.` }) first!: number;
  @Field(() => String, { nullable: true, description: '`endCursor` of the page before.' }) after?:
    string | null;
}

/** @throws ModaError REQUEST_INVALID */
export function pageRequest({ first, after }: Fields<PageArguments>): PageRequest {
  checkCount('A page', first, maxPageSize);
  return { first, ...(after == null ? {} : { after }) };
}

/** @throws ModaError REQUEST_INVALID */
export function checkCount(what: string, count: number, most: number, least = 1): void {
  if (count >= least && count <= most) return;
  throw new ModaError(
    'REQUEST_INVALID',
    `${what} cannot have ${count} entries; ask for ${least} to ${most}.`,
    {
      count,
    },
  );
}
