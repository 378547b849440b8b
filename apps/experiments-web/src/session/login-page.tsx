'use client';
import { Button, CodeBlock, ErrorNote, PageHeader, Section, TextField } from '@moda/ui';
import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { localPath } from './local-path';
import { sendToken, SignInRefused } from './send-token';

/** Takes a token and keeps it where no script of a page can read it. */
export function LoginPage({ next }: { readonly next: string }) {
  const [token, setToken] = useState('');
  const signIn = useMutation({
    mutationFn: sendToken,
    // Loaded anew, for everything on it may look different to this person.
    onSuccess: () => window.location.assign(localPath(next)),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    signIn.mutate(token);
  };
  return (
    <div className="m-narrow">
      <PageHeader title="Sign in" subtitle="With a personal access token, or the token of your login." />
      <Section title="Token">
        <form className="m-form-stack" onSubmit={submit}>
          <TextField
            label="Token"
            type="password"
            autoComplete="current-password"
            mono
            required
            value={token}
            onChange={setToken}
            hint="It is kept in a cookie that pages cannot read, for 90 days or until you sign out."
          />
          <div className="m-actions">
            <Button kind="primary" type="submit" busy={signIn.isPending} disabled={token.trim() === ''}>
              Sign in
            </Button>
          </div>
          {signIn.error instanceof SignInRefused && (
            <ErrorNote code={signIn.error.code} message={signIn.error.message} />
          )}
        </form>
      </Section>
      <Section title="No token yet?">
        <CodeBlock label="Somebody who is signed in makes one" code="npx moda tokens new --name web" />
      </Section>
    </div>
  );
}
