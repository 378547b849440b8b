/**
 * What the work gives, or the reason of the signal as soon as it is aborted: work that looks up only now and then is left behind.
 *
 * @throws the reason of the signal
 */
export async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    const leave = () => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  return Promise.race([work, aborted]);
}
