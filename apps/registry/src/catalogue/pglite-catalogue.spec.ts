import { expect, it } from 'vitest';
import { published } from './testing/contract/under-test.js';
import { describeCatalogue, openMemoryCatalogue } from './testing/index.js';
import { digestOf, sampleDraft } from './testing/publication.js';

describeCatalogue('the catalogue in memory', async () => {
  const catalogue = await openMemoryCatalogue();
  return { catalogue, close: () => catalogue.close() };
});

it('a catalogue that is closed ends what is under way, then says that it is closed', async () => {
  const catalogue = await openMemoryCatalogue();
  const order: string[] = [];
  const publishing = published(catalogue, { owner: 'o', model: 'm', version: '1.0.0' }).catch(
    (error: unknown) => error,
  );
  const removing = catalogue.withUnreferenced([digestOf('nobody’s')], async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push('removed');
  });
  const announcing = catalogue.announce(sampleDraft({ owner: 'o', model: 'm', version: '2.0.0' }));
  await Promise.all([catalogue.close(), catalogue.close()]);
  order.push('closed');
  expect(order).toEqual(['removed', 'closed']);
  await removing;
  expect(await announcing).toMatchObject({ kind: 'draft' });
  // It was announced, and the release came after the end.
  const closed = { code: 'DATABASE_UNREACHABLE', details: { database: 'the database in memory' } };
  expect(await publishing).toMatchObject(closed);
  await expect(catalogue.ping()).rejects.toMatchObject(closed);
  await expect(catalogue.searchModules({}, 'newest', { first: 1 })).rejects.toMatchObject(closed);
});
