import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { formatReference } from '@moda/module-library';
import type { FoundModule } from '../../catalogue/catalogue.js';
import { SafeInt } from '../scalars.js';

@ObjectType({ description: "One class of a version, cut at the version's own threshold." })
@Directive('@key(fields: "id")')
export class Module {
  constructor(readonly found: FoundModule) {}

  @Field(() => ID)
  get id(): string {
    return this.found.module.id;
  }

  @Field(() => String, { description: '`owner/model/class@version`.' })
  get reference(): string {
    const { owner, model, version } = this.found.version;
    const classes = [this.found.module.className];
    return formatReference({ owner, model, classes, selector: { kind: 'version', version } });
  }

  @Field(() => String)
  get className(): string {
    return this.found.module.className;
  }

  @Field(() => Int, { description: 'Output position of the class in the whole model.' })
  get classIndex(): number {
    return this.found.module.classIndex;
  }

  @Field(() => Int, { description: 'Label of the class in the full data set.' })
  get sourceLabel(): number {
    return this.found.module.sourceLabel;
  }

  @Field(() => SafeInt)
  get parameters(): number {
    return this.found.module.parameters;
  }

  @Field(() => Float, { description: 'Parameters as a share of the whole model, 0..1.' })
  get share(): number {
    return this.found.module.share;
  }

  @Field(() => SafeInt, { description: 'Multiply-adds for one image.' })
  get flops(): number {
    return this.found.module.flops;
  }

  @Field(() => Float, { description: 'Multiply-adds as a share of the whole model, 0..1.' })
  get flopsShare(): number {
    return this.found.module.flopsShare;
  }

  @Field(() => SafeInt, { description: "Size of the module's weights file." })
  get bytes(): number {
    return this.found.module.bytes;
  }

  @Field(() => Float, { nullable: true, description: 'On the test images of the class, 0..1.' })
  get accuracy(): number | undefined {
    return this.found.module.accuracy;
  }
}
