import type { FoundModelFragment, FoundModuleFragment } from '../graphql/generated/operations';
import { type ModulePlace, versionOfModule } from '../references/version-reference';

export type FoundModule = FoundModuleFragment;
export type FoundModel = FoundModelFragment;

/** Where a module that was found belongs; its version may be missing where a part of the registry is away. */
export function placeOf(module: FoundModule): ModulePlace {
  return {
    of: module.version?.reference ?? versionOfModule(module.reference),
    className: module.className,
    classIndex: module.classIndex,
  };
}
