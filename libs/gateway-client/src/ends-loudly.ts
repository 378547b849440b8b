/**
 * The same answer, whose body fails where it ends. A subscription is over by its last event; a connection that merely ends was cut, and the
 * reader of the events would wait for ever where that happens right behind one of them.
 */
export function endsLoudly(response: Response): Response {
  if (!response.ok || response.body === null) return response;
  const body = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      flush(controller) {
        controller.error(new Error('the connection ended'));
      },
    }),
  );
  return new Response(body, response);
}
