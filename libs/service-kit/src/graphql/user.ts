const userForm = /^[\w.@+-]{1,64}$/;

/** Who asks, where nobody says. */
export const anonymous = 'anonymous';

/** The name in the header that a gateway sets. */
export function userOf(header: string | undefined): string {
  return header !== undefined && userForm.test(header) ? header : anonymous;
}
