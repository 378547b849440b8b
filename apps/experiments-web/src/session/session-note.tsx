'use client';
import { AppLink } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { WhoAmIDocument } from '../graphql/generated/operations';
import { SignOutButton } from './sign-out-button';

/** Who is signed in, with the way in or out. On a machine of one's own nobody has to be. */
export function SessionNote() {
  const { data, error } = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => gateway.ask(WhoAmIDocument, {}, signal),
    staleTime: 60_000,
    retry: false,
    // Shown beside other things: a visit without a login is none of its business.
    meta: { quiet: true },
  });
  const me = data?.me;
  // A gateway that is away says nothing about who asks.
  if (error instanceof GatewayError && error.code !== 'UNAUTHENTICATED') return null;
  if (me == null && error === null) return null;
  if (me == null)
    return (
      <AppLink className="m-session" href="/login">
        Sign in
      </AppLink>
    );
  if (me.kind === 'local') return <span className="m-session">{me.user}</span>;
  return (
    <span className="m-session">
      {me.user}
      {me.role === null ? '' : ` (${me.role})`} <SignOutButton />
    </span>
  );
}
