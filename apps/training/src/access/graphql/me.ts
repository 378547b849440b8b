import { Field, ObjectType } from 'type-graphql';
import { RoleName } from './access-token.js';

@ObjectType({ description: 'Who asks.' })
export class Me {
  @Field(() => String) user!: string;
  @Field(() => RoleName, { nullable: true, description: 'Null for somebody who was given none.' })
  role!: string | null;
  @Field(() => String, {
    description: 'How that is known: `local`, `oidc` for a login, `token` for a personal access token.',
  })
  kind!: string;
}
