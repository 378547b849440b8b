import { describe, it } from 'vitest';

describe('the repair of a class [needs browser]', () => {
  it.todo('is accepted where the whole interval of the gain is above zero, and can be published');
  it.todo('shows before and after of every class');
  it.todo('is refused where the interval crosses zero: the model knew the class already');
  it.todo('is the same for another person who opens the address');
});
