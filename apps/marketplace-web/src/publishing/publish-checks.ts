import { looksLikeLicense } from './license-shape';
import { wrongWithName, wrongWithVersion } from './next-version';

/** What somebody wants to publish a run as. */
export interface PublishChoice {
  readonly owner: string;
  readonly model: string;
  readonly version: string;
  readonly license: string;
}

/** What is known of a run before it is published. */
export interface PublishFacts {
  readonly state: string;
  readonly dataset: string | undefined;
  /** On the test images, 0..1. */
  readonly accuracy: number | null | undefined;
  /** Of whoever asks; null for somebody who was given none. */
  readonly role: string | null | undefined;
  /** Versions of the model that are there; undefined while that is asked. */
  readonly taken: readonly string[] | undefined;
}

export interface Check {
  readonly name: 'Run' | 'Rights' | 'Name' | 'Version' | 'License' | 'Card' | 'Signature';
  /** `waits` while something is asked. */
  readonly outcome: 'passed' | 'failed' | 'waits';
  /** One sentence. */
  readonly words: string;
}

/** All that is checked before a run is published; the registry checks the same, and the bytes, once more. */
export function publishChecks(choice: PublishChoice, facts: PublishFacts): readonly Check[] {
  return [
    runCheck(facts),
    rightsCheck(facts),
    nameCheck(choice),
    versionCheck(choice, facts),
    licenseCheck(choice),
    cardCheck(facts),
    signatureCheck,
  ];
}

export function mayPublish(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome === 'passed');
}

const signatureCheck: Check = {
  name: 'Signature',
  outcome: 'passed',
  words: 'The training service signs the package with its own key; the registry checks the signature.',
};

function runCheck({ state }: PublishFacts): Check {
  return state === 'succeeded'
    ? { name: 'Run', outcome: 'passed', words: 'The run has succeeded.' }
    : {
        name: 'Run',
        outcome: 'failed',
        words: `The run is ${state}; it can be published once it has succeeded.`,
      };
}

function rightsCheck({ role }: PublishFacts): Check {
  if (role === undefined)
    return { name: 'Rights', outcome: 'waits', words: 'Asking whether you may publish.' };
  return role === 'publisher' || role === 'admin'
    ? { name: 'Rights', outcome: 'passed', words: `You may publish, as ${role}.` }
    : {
        name: 'Rights',
        outcome: 'failed',
        words: `Publishing takes the role publisher, and yours is ${role ?? 'none'}; ask an administrator.`,
      };
}

function nameCheck({ owner, model }: PublishChoice): Check {
  const wrong = wrongWithName(owner) ?? wrongWithName(model);
  return wrong === undefined
    ? { name: 'Name', outcome: 'passed', words: `It will be found as ${owner}/${model}.` }
    : { name: 'Name', outcome: 'failed', words: wrong };
}

function versionCheck({ version }: PublishChoice, { taken }: PublishFacts): Check {
  const wrong = wrongWithVersion(version, taken ?? []);
  if (wrong !== undefined) return { name: 'Version', outcome: 'failed', words: wrong };
  return taken === undefined
    ? { name: 'Version', outcome: 'waits', words: 'Asking whether the version is free.' }
    : { name: 'Version', outcome: 'passed', words: `${version} is free.` };
}

function licenseCheck({ license }: PublishChoice): Check {
  if (license === '')
    return {
      name: 'License',
      outcome: 'failed',
      words: 'A license is needed: an SPDX identifier, as in Apache-2.0.',
    };
  return looksLikeLicense(license)
    ? { name: 'License', outcome: 'passed', words: `${license} is written into the package.` }
    : {
        name: 'License',
        outcome: 'failed',
        words: `${license} is no SPDX identifier; write one, as in Apache-2.0 or MIT.`,
      };
}

function cardCheck({ dataset, accuracy }: PublishFacts): Check {
  if (dataset === undefined)
    return {
      name: 'Card',
      outcome: 'failed',
      words: 'The run does not say what it was trained on, so no card can be written.',
    };
  return {
    name: 'Card',
    outcome: 'passed',
    words: `Written from the run: ${dataset}, its settings${accuracy == null ? '' : ', accuracy'} and the figures of each class.`,
  };
}
