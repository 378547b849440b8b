import { readFileSync } from 'node:fs';
import { readEnvironment } from '@moda/service-kit';
import { clusterSettings, clusterVariables } from '../cluster-settings.js';
import type { JobSettings } from '../job-settings.js';

/** Nobody is asked there: the pod trains by itself. */
const nobody = 'http://moda-training:4001';

/**
 * How a Job by hand is to be, by the variables that the training service has: what is not said is as in the overlays, with the images of this
 * version.
 *
 * @throws ModaError ENVIRONMENT_INVALID with every complaint
 */
export function handSettings(variables: Readonly<Record<string, string | undefined>>): JobSettings {
  const { TRAINING_POD_IMAGE, ...given } = readEnvironment(clusterVariables, variables);
  const settings = clusterSettings({
    ...given,
    TRAINING_EXECUTOR: 'kubernetes',
    TRAINING_POD_IMAGE:
      TRAINING_POD_IMAGE ?? `moda/${given.TRAINING_GPUS > 0 ? 'gpu' : 'services'}:${version()}`,
    TRAINING_POD_URL: nobody,
  });
  return settings!;
}

function version(): string {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
