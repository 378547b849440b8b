import { z } from 'zod';

/**
 * Addresses out of the environment, without a slash at their ends.
 *
 * @param defaults by the names of the variables
 * @throws Error with every complaint
 */
export function readAddresses<Name extends string>(
  variables: Readonly<Record<string, string | undefined>>,
  defaults: Readonly<Record<Name, string>>,
): Record<Name, string> {
  const names = Object.keys(defaults) as Name[];
  const shape = z.object(
    Object.fromEntries(names.map((name) => [name, z.url({ protocol: /^https?$/ }).default(defaults[name])])),
  );
  const given = shape.safeParse(variables);
  if (!given.success)
    throw new Error(
      given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  const { data } = given;
  return Object.fromEntries(names.map((name) => [name, (data[name] ?? '').replace(/\/$/, '')])) as Record<
    Name,
    string
  >;
}
