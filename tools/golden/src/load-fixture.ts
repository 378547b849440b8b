import { readFileSync } from 'node:fs';

import type { Fixture, FixtureName } from './fixture.js';

/** Reads a committed fixture. */
export function loadFixture(name: FixtureName): Fixture {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as Fixture;
}
