/** Work that is done one after the other, in the order in which it came; what one throws is its own. */
export type InLine = <T>(work: () => Promise<T>) => Promise<T>;

export function inLine(): InLine {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}
