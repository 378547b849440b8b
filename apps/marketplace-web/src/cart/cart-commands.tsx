import { CodeBlock, Section } from '@moda/ui';
import { composeCommand, pullCommand } from '../commands/snippets';
import { Downloads } from '../version-page/downloads';
import type { CartGroup } from './cart';
import { namesOf } from './class-names';
import type { CartVersion } from './composed-set';

interface CartCommandsProps {
  readonly group: CartGroup;
  readonly version: CartVersion;
  /** Threshold, 0..1. */
  readonly tau: number;
}

/** The same composition from a shell, and as files. */
export function CartCommands({ group, version, tau }: CartCommandsProps) {
  const { of, classes } = group;
  const set = { of, classNames: classes.map(namesOf(version)), tau: tau === version.tau ? undefined : tau };
  return (
    <Section
      title="Take it along"
      subtitle="The same bytes, whichever way: composing is exact and repeatable."
    >
      <CodeBlock label="Get it composed" code={pullCommand(set, 'composed')} />
      <CodeBlock label="Compose it on your own machine" code={composeCommand(set, tau)} />
      <Downloads choice={{ of, classes, tau }} />
    </Section>
  );
}
