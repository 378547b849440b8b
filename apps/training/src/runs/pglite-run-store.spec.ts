import { describeRunStore, openMemoryRunStore } from './testing/index.js';

describeRunStore('the store of runs in memory', async () => {
  const store = await openMemoryRunStore();
  return { store, close: () => store.close() };
});
