import { ModaError } from '@moda/contracts';
import { z } from 'zod';

/**
 * The variables that a program reads, checked all at once. An empty variable counts as absent.
 * @throws ModaError ENVIRONMENT_INVALID with every complaint
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  shape: Shape,
  variables: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.keys(shape).map((name) => [name, variables[name] === '' ? undefined : variables[name]]),
  );
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  const complaints = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new ModaError('ENVIRONMENT_INVALID', `The environment cannot be used: ${complaints.join('; ')}.`, {
    complaints,
  });
}
