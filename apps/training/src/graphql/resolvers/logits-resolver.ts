import type { RequestContext } from '@moda/service-kit';
import { Arg, Ctx, Float, Query, Resolver } from 'type-graphql';
import { isProblem, orProblem } from '../../problem/problem.js';
import { CompositionLogits, CompositionLogitsResult, LogitClass } from '../outcomes/composition-logits.js';
import { outcomeOf } from '../outcomes/outcome-of.js';
import { Problem } from '../outcomes/problem.js';
import type { Training } from '../training.js';

/** What the server's own TensorFlow says of published networks: whoever runs one elsewhere can compare. */
@Resolver()
export class LogitsResolver {
  constructor(private readonly training: Pick<Training, 'logits'>) {}

  @Query(() => CompositionLogitsResult, {
    nullable: true,
    description:
      'The logits of a published model, module or composition for the sample images that its model was published with. Computed once for each composition.',
  })
  async compositionLogits(
    @Arg('reference', () => String, { description: '`owner/model`, `owner/model/class,class@version`, …' })
    reference: string,
    @Arg('tau', () => Float, {
      nullable: true,
      description: "Threshold, 0..1; the version's own if left out.",
    })
    tau: number | null | undefined,
    @Ctx() { authorization }: RequestContext,
  ): Promise<typeof CompositionLogitsResult> {
    const request = { reference, tau: tau ?? undefined };
    const outcome = await orProblem(() => this.training.logits(request, authorization));
    if (isProblem(outcome)) return new Problem(outcome);
    const { digest, logits, labels, device, tensorFlow } = outcome;
    const classes = outcome.classes.map((each) => outcomeOf(LogitClass, each));
    return outcomeOf(CompositionLogits, { digest, classes, logits, labels, device, tensorFlow });
  }
}
