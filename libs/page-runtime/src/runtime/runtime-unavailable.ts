/** No back end of a page computes here; the message names each with its reason. */
export class RuntimeUnavailable extends Error {
  override readonly name = 'RuntimeUnavailable';
  readonly code = 'RUNTIME_UNAVAILABLE';
}
