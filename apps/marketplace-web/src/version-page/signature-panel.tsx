import { CodeBlock, KeyValues, Section } from '@moda/ui';
import type { PageVersion } from './version-question';

interface SignaturePanelProps {
  readonly version: PageVersion;
  readonly isModule: boolean;
}

/** Who vouches for the bytes, and how anybody checks it. */
export function SignaturePanel({ version, isModule }: SignaturePanelProps) {
  const { signedBy } = version;
  return (
    <Section title="Signature" id="signature">
      {signedBy === null ? (
        <p>
          Nobody signed it. <code>moda pull</code> takes it only with <code>--allow-unsigned</code>.
        </p>
      ) : (
        <p>
          Signed. The registry checked the signature against the keys that it trusts before it published the
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
      <CodeBlock
        label="Check it yourself"
        code={isModule ? 'npx moda verify module --recut' : 'npx moda verify module'}
      />
    </Section>
  );
}
