import { formatReference } from '@moda/module-library';
import type { VersionRecord } from '../catalogue/catalogue.js';

/** `owner/model/class@version`: what a person would write. */
export function referenceOf(
  { owner, model, version }: Pick<VersionRecord, 'owner' | 'model' | 'version'>,
  ...classes: readonly string[]
): string {
  return formatReference({ owner, model, classes, selector: { kind: 'version', version } });
}
