import { isModaError } from '@moda/contracts';
import { type GraphQLResolveInfo, type GraphQLSchema, isIntrospectionType, isObjectType } from 'graphql';
import type { RequestContext } from '../../service/service.js';
import { checkDecisions, type Decisions, type Needed } from '../guard/decisions.js';
import type { Identity } from '../identity.js';
import { includesRole, type Role, roles } from '../roles.js';

/** Somebody unknown, somebody known without a role, and one of each role. */
const askers = ['nobody', 'known', ...roles] as const;
type Asker = (typeof askers)[number];

export interface RoleMatrix {
  /** Pairs of a way into a field (its value, its source of events) and somebody who asked. */
  readonly checked: number;
  /** What was answered against the decisions, in words. */
  readonly wrong: readonly string[];
}

/** Asks every field of a guarded schema as everybody, past all parents, and compares who got through with the decisions. */
export async function roleMatrixOf(schema: GraphQLSchema, decisions: Decisions): Promise<RoleMatrix> {
  const { needed } = checkDecisions(schema, decisions);
  const wrong: string[] = [];
  let checked = 0;
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const name = `${type.name}.${field.name}`;
      for (const work of [field.resolve, field.subscribe])
        for (const asker of work ? askers : []) {
          checked += 1;
          const context = contextOf(asker);
          const found = await outcomeOf(() =>
            work?.({}, {}, context, { fieldName: field.name } as GraphQLResolveInfo),
          );
          const due = dueOutcome(asker, needed.get(name));
          if (found !== due) wrong.push(`${name} for ${asker}: ${found} instead of ${due}`);
        }
    }
  }
  return { checked, wrong };
}

type Outcome = 'passed' | 'FORBIDDEN' | 'UNAUTHENTICATED';

function dueOutcome(asker: Asker, needed: Needed | undefined): Outcome {
  if (asker === 'nobody') return 'UNAUTHENTICATED';
  if (needed === 'known') return 'passed';
  return needed !== undefined && includesRole(roleOf(asker), needed) ? 'passed' : 'FORBIDDEN';
}

/** Whatever else goes wrong without arguments and a parent: the guard has let it pass. */
async function outcomeOf(work: () => unknown): Promise<Outcome> {
  try {
    await work();
  } catch (error) {
    if (isModaError(error) && (error.code === 'FORBIDDEN' || error.code === 'UNAUTHENTICATED'))
      return error.code;
  }
  return 'passed';
}

function roleOf(asker: Asker): Role | undefined {
  return asker === 'nobody' || asker === 'known' ? undefined : asker;
}

function contextOf(asker: Asker): RequestContext {
  const identity = asker === 'nobody' ? undefined : { user: 'ada', role: roleOf(asker), kind: 'oidc' };
  return { traceId: '', identity: identity as Identity, user: 'ada', authorization: undefined };
}
