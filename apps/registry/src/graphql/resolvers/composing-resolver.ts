import { Arg, Args, ArgsType, Field, Int, Mutation, Query, Resolver } from 'type-graphql';
import { isProblem } from '../../problem/problem.js';
import type { Comparison } from '../../compose/compare.js';
import { Composition } from '../entities/composition.js';
import { ComposeResult } from '../outcomes/changes.js';
import { outcomeOf } from '../outcomes/outcome-of.js';
import { Price, PriceResult } from '../outcomes/price.js';
import { Problem } from '../outcomes/problem.js';
import { CompatibilityResult, ReplaceResult, ReplacementPlan, Verdict } from '../outcomes/verdict.js';
import type { Registry } from '../registry.js';
import { findNamed, findTarget, TargetArguments } from '../target.js';

@ArgsType()
class PriceArguments extends TargetArguments {
  @Field(() => [Int], {
    nullable: true,
    description: 'Classes whose addition is priced; all others if left out.',
  })
  candidates?: number[] | null;
}

/** Sets of classes: what they cost, what goes together, and the cut itself. */
@Resolver()
export class ComposingResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue' | 'downloads' | 'composer'>) {}

  @Query(() => PriceResult, {
    nullable: true,
    description: 'What a set of classes weighs, and what one more would add.',
  })
  async price(@Args(() => PriceArguments) request: PriceArguments): Promise<Price | Problem> {
    const target = await findTarget(this.registry, request);
    if (isProblem(target)) return new Problem(target);
    const { version, classes, tau } = target;
    const outcome = await this.registry.composer.price(
      version,
      classes ?? [],
      tau,
      request.candidates ?? undefined,
    );
    return isProblem(outcome) ? new Problem(outcome) : outcomeOf(Price, outcome.price);
  }

  @Mutation(() => ComposeResult, { nullable: true, description: 'Cuts a set of classes now and keeps it.' })
  async compose(@Args(() => TargetArguments) request: TargetArguments): Promise<Composition | Problem> {
    const target = await findTarget(this.registry, request);
    if (isProblem(target)) return new Problem(target);
    const outcome = await this.registry.composer.compose(target.version, target.classes ?? [], target.tau);
    return isProblem(outcome) ? new Problem(outcome) : new Composition(outcome);
  }

  @Query(() => CompatibilityResult, {
    nullable: true,
    description:
      'Whether modules of two models go together, before any byte moves. Each by reference or digest.',
  })
  async compatibility(
    @Arg('a', () => String) a: string,
    @Arg('b', () => String) b: string,
  ): Promise<Verdict | Problem> {
    const first = await findNamed(this.registry, a);
    if (isProblem(first)) return new Problem(first);
    const second = await findNamed(this.registry, b);
    if (isProblem(second)) return new Problem(second);
    const outcome = await this.registry.composer.compatibility(first, second, 'compose');
    return isProblem(outcome) ? new Problem(outcome) : verdictOf(outcome);
  }

  @Mutation(() => ReplaceResult, {
    nullable: true,
    description:
      'How the class of a weak model is replaced by the module of a strong one. Calibration needs images: it happens where they are.',
  })
  async replace(
    @Arg('weak', () => String) weak: string,
    @Arg('strong', () => String) strong: string,
    @Arg('class', () => String) className: string,
  ): Promise<ReplacementPlan | Problem> {
    const weakTarget = await findNamed(this.registry, weak);
    if (isProblem(weakTarget)) return new Problem(weakTarget);
    const strongTarget = await findNamed(this.registry, strong);
    if (isProblem(strongTarget)) return new Problem(strongTarget);
    const outcome = await this.registry.composer.replacementPlan(
      weakTarget.version,
      strongTarget.version,
      className,
    );
    if (isProblem(outcome)) return new Problem(outcome);
    const { comparison, weakClass, strongClass, steps } = outcome;
    return outcomeOf(ReplacementPlan, { verdict: verdictOf(comparison), weakClass, strongClass, steps });
  }
}

function verdictOf({ verdict, nearest }: Comparison): Verdict {
  const differs = verdict.kind === 'impossible' ? verdict.differs : [];
  return outcomeOf(Verdict, { kind: verdict.kind, reason: verdict.reason, differs, nearest });
}
