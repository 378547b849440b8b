import { Directive, Field, ObjectType } from 'type-graphql';
import type { Problem as DomainProblem } from '../../problem/problem.js';
import { JsonObject } from '../scalars.js';

@ObjectType({ description: 'A failure that the caller can act on.' })
@Directive('@shareable')
export class Problem {
  constructor(private readonly problem: DomainProblem) {}

  @Field(() => String, { description: 'Stable, for programs.' })
  get code(): string {
    return this.problem.code;
  }

  @Field(() => String, { description: 'One sentence: the fact and the way on.' })
  get message(): string {
    return this.problem.message;
  }

  @Field(() => JsonObject)
  get details(): Readonly<Record<string, unknown>> {
    return this.problem.details ?? {};
  }

  @Field(() => String, {
    nullable: true,
    description: 'The name that was most likely meant, or the nearest alternative.',
  })
  get nearest(): string | undefined {
    return this.problem.nearest;
  }
}
