'use client';

import { Badge, CodeBlock, ErrorNote, KeyValues, Section, Skeleton } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { failureOf } from '../run-in-page/failure';
import { KeyList } from '../signature/key-list';
import { signatureWords } from '../signature/signature-words';
import { useSignature } from '../signature/use-signature';
import { type PageVersion, signedPackage } from './version-question';

interface SignaturePanelProps {
  readonly version: PageVersion;
  readonly isModule: boolean;
}

/** Who vouches for the bytes, checked in this page against the keys that its reader trusts. */
export function SignaturePanel({ version, isModule }: SignaturePanelProps) {
  const { signedBy } = version;
  return (
    <Section title="Signature" id="signature">
      <SignatureVerdict version={version} />
      {signedBy === null ? (
        <p>
          <code>moda pull</code> takes it only with <code>--allow-unsigned</code>.
        </p>
      ) : (
        <p>
          The registry checked the signature against the keys that it trusts itself before it published the
          model.
          {isModule &&
            ' The signature covers every module that is cut from it: anybody who cuts the same classes gets the same bytes.'}
        </p>
      )}
      <KeyValues
        items={[
          { name: 'Signed by', value: signedBy === null ? 'nobody' : <code>{signedBy}</code> },
          { name: 'Published by', value: version.publishedBy },
        ]}
      />
      <KeyList />
      <CodeBlock
        label="Check it yourself"
        code={isModule ? 'npx moda verify module --recut' : 'npx moda verify module'}
      />
    </Section>
  );
}

function SignatureVerdict({ version }: { readonly version: PageVersion }) {
  const { data, error, refetch } = useQuery(signedPackage(gateway, version.reference));
  // The digest that the page shows everywhere is the one that counts.
  const check = useSignature(data === undefined ? undefined : { ...data, digest: version.digest });
  if (check.error !== null) return <ErrorNote {...failureOf(check.error)} />;
  if (error !== null)
    return (
      <FailureNote
        error={error}
        onRetry={() => {
          void refetch();
        }}
      />
    );
  if (check.state === undefined) return <Skeleton lines={1} />;
  const { tone, badge, sentence } = signatureWords(check.state);
  return (
    <p role="status" className="m-verdict">
      <Badge tone={tone}>{badge}</Badge> {sentence}
    </p>
  );
}
