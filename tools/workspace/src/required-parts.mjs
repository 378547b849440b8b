/**
 * The parts whose absence is a failure in this run.
 * @param {string | undefined} value Of MODA_REQUIRE: names between commas.
 * @returns {ReadonlySet<string>}
 */
export function requiredParts(value = process.env.MODA_REQUIRE) {
  return new Set(
    (value ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );
}
