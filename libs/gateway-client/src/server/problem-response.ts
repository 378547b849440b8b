/** A refusal in the form that the gateway uses too. */
export function problemResponse(status: number, code: string, message: string): Response {
  return Response.json(
    { errors: [{ message, extensions: { code, details: {} } }] },
    { status, headers: { 'cache-control': 'no-store' } },
  );
}
