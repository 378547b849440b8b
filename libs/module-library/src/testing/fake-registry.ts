import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Derivation,
  derivationDigest,
  packageDigest,
  type PackageManifest,
  type PackageSignature,
  parsePackage,
  serialisePackage,
  type SigningKey,
  signPackage,
} from '@moda/module-format';
import { parseReference } from '../reference/parse-reference.js';
import type { Announcement } from '../registry/publish-documents.js';

interface FakeVersion {
  readonly version: string;
  readonly manifest: PackageManifest;
  readonly signature: PackageSignature | undefined;
  state: 'released' | 'deprecated';
}

type Variables = Readonly<Record<string, unknown>>;

/** As much of a registry as the library needs, in memory, with everything at hand that a test wants to see or spoil. */
export class FakeRegistry {
  readonly blobs = new Map<string, Buffer>();
  /** By `owner/model`, the newest last. */
  readonly versions = new Map<string, FakeVersion[]>();
  readonly aliases = new Map<string, string>();
  readonly confirmed: unknown[] = [];
  /** `GET /blobs/…` and the like, in order. */
  readonly requests: string[] = [];
  /** May change an answer before it is sent. */
  spoil: (field: string, answer: Record<string, unknown>) => unknown = (_field, answer) => answer;
  /** May answer a request for bytes itself: true where it did. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean = () => false;
  readonly #drafts = new Map<string, Announcement>();
  readonly #cut = new Map<string, { readonly manifest: PackageManifest; readonly weights: Buffer }>();
  readonly #server = createServer((request, response) => {
    // Where the other side goes away there is nobody to answer.
    this.answer(request, response).catch(() => response.destroy());
  });

  private constructor(private readonly key: SigningKey | undefined) {}

  /** @param key signs what is cut */
  static async start(key?: SigningKey): Promise<FakeRegistry> {
    const registry = new FakeRegistry(key);
    registry.#server.listen(0, '127.0.0.1');
    await once(registry.#server, 'listening');
    return registry;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** The bytes that it would send for some classes. */
  weightsOf(derivation: Derivation): Buffer {
    const seed = createHash('sha256').update(derivationDigest(derivation)).digest();
    return Buffer.concat(Array.from({ length: 2000 }, () => seed));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    if (request.url === '/graphql') {
      const { query, variables } = JSON.parse(body.toString()) as { query: string; variables: Variables };
      const field = /\{\s*(\w+)/.exec(query.replace(/^[^{]*\([^)]*\)/, ''))?.[1] ?? '';
      const data = { [field]: this.spoil(field, this.resolveField(field, variables)) };
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
      return;
    }
    this.requests.push(`${request.method} ${request.url}`);
    if (this.intercept(request, response)) return;
    if (request.method === 'PUT') this.receive(request.url ?? '', body, response);
    else sendBytes(this.bytesAt(request.url ?? ''), request, response);
  }

  private resolveField(field: string, variables: Variables): Record<string, unknown> {
    switch (field) {
      case 'announceVersion':
        return this.announce(variables['input'] as Announcement);
      case 'releaseVersion':
        return this.release(variables['draftId'] as string);
      case 'moveAlias':
        this.aliases.set(variables['alias'] as string, variables['to'] as string);
        return { __typename: 'Alias' };
      case 'resolve':
        return this.resolve(variables['reference'] as string, variables['tau'] as number | undefined);
      case 'download':
        return this.download(variables);
      case 'compose':
        this.cut(this.derivationOf(variables));
        return {
          __typename: 'Composition',
          id: derivationDigest(this.derivationOf(variables)),
          digest: null,
        };
      case 'confirmDownload':
        this.confirmed.push(variables);
        return { __typename: 'DownloadConfirmation', first: true };
      default:
        throw new Error(`The fake registry has no ${field}.`);
    }
  }

  private announce(input: Announcement): Record<string, unknown> {
    const name = `${input.owner}/${input.model}`;
    const manifest = parsePackage(input.package);
    const known = this.versions.get(name)?.find(({ version }) => version === input.version);
    const reference = `${name}@${input.version}`;
    if (known && packageDigest(known.manifest) === packageDigest(manifest))
      return { __typename: 'ModelVersion', id: '1', reference, digest: packageDigest(manifest) };
    if (known) return problem('VERSION_TAKEN', `${reference} is released already with other contents.`);
    const id = `draft-${this.#drafts.size}`;
    this.#drafts.set(id, input);
    const uploads = manifest.files
      .filter(({ digest }) => !this.blobs.has(digest))
      .map((file) => ({ ...file, url: `${this.address}/uploads/${id}/${file.digest}` }));
    return { __typename: 'Draft', id, expiresAt: '2030-01-01T00:00:00Z', uploads };
  }

  private receive(url: string, body: Buffer, response: ServerResponse): void {
    const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
    if (!url.endsWith(digest)) {
      const error = { code: 'BLOB_DIGEST_MISMATCH', message: 'The content has another digest.' };
      response.writeHead(422).end(JSON.stringify({ error }));
      return;
    }
    this.blobs.set(digest, body);
    response.writeHead(201).end('{}');
  }

  private release(id: string): Record<string, unknown> {
    const { owner, model, version, package: text, signature } = this.#drafts.get(id)!;
    const manifest = parsePackage(text);
    if (manifest.files.some(({ digest }) => !this.blobs.has(digest)))
      return problem('PACKAGE_INCOMPLETE', 'A file is missing.');
    const released = this.versions.get(`${owner}/${model}`) ?? [];
    released.push({ version, manifest, signature, state: 'released' });
    this.versions.set(`${owner}/${model}`, released);
    return {
      __typename: 'Release',
      version: { id: '1', reference: `${owner}/${model}@${version}`, digest: packageDigest(manifest) },
      created: true,
    };
  }

  private find(text: string): FakeVersion | undefined {
    const { owner, model, selector } = parseReference(text);
    const released = this.versions.get(`${owner}/${model}`) ?? [];
    if (selector.kind === 'alias' && selector.alias === 'latest') return released.at(-1);
    const wanted = selector.kind === 'version' ? selector.version : this.aliases.get(selector.alias);
    return released.find(({ version }) => version === wanted);
  }

  private resolve(text: string, tau = 0.9): Record<string, unknown> {
    const found = this.find(text);
    if (!found) return problem('VERSION_UNKNOWN', `There is no ${text}.`);
    const { owner, model, classes } = parseReference(text);
    const { version, manifest, state } = found;
    return {
      __typename: 'Resolved',
      version: {
        ...{ id: '1', reference: `${owner}/${model}@${version}`, version, state },
        ...{ digest: packageDigest(manifest), stateMessage: state === 'released' ? null : 'It is old.' },
      },
      classes: classes.length === 0 ? null : classes.map(Number),
      tau,
    };
  }

  private derivationOf({ reference, tau = 0.9 }: Variables): Derivation {
    const { manifest } = this.find(reference as string)!;
    return {
      method: 'cut/1',
      parent: packageDigest(manifest),
      rates: manifest.files.find(({ path }) => path === 'rates.safetensors')?.digest ?? '',
      classes: parseReference(reference as string).classes.map(Number),
      tau: tau as number,
    };
  }

  private download(target: Variables): Record<string, unknown> {
    const { reference, digest } = target as { reference?: string; digest?: string };
    if (reference !== undefined && parseReference(reference).classes.length > 0)
      return this.offerCut(this.derivationOf(target));
    const found =
      reference === undefined
        ? [...this.versions.values()].flat().find(({ manifest }) => packageDigest(manifest) === digest)
        : this.find(reference);
    const cut = this.#cut.get(digest ?? '');
    if (cut) return this.offerCut(cut.manifest.derivation!);
    if (!found) return problem('DIGEST_UNKNOWN', 'Nothing has this digest.');
    return this.offer(found.manifest, found.signature, '{}');
  }

  private offerCut(derivation: Derivation): Record<string, unknown> {
    const id = derivationDigest(derivation);
    const known = this.#cut.get(id);
    const manifestText = `${JSON.stringify({ cut: derivation.classes })}\n`;
    if (known) {
      const { manifest } = known;
      return this.offer(manifest, this.key ? signPackage(manifest, this.key) : undefined, manifestText);
    }
    const url = `${this.address}/derived/${id}`;
    return {
      ...{ __typename: 'Download', derivation, manifestText, ...common },
      files: [
        {
          path: 'module.json',
          sizeBytes: manifestText.length,
          url: `${url}/module.json`,
          supportsRanges: true,
        },
        {
          path: 'weights.safetensors',
          sizeBytes: this.weightsOf(derivation).length,
          url: `${url}/weights.safetensors?${encodeURIComponent(JSON.stringify(derivation))}`,
          supportsRanges: true,
        },
      ],
    };
  }

  private offer(
    manifest: PackageManifest,
    signature: PackageSignature | undefined,
    manifestText: string,
  ): Record<string, unknown> {
    return {
      ...{ __typename: 'Download', digest: packageDigest(manifest), packageText: serialisePackage(manifest) },
      ...{ derivation: manifest.derivation, signature, manifestText, ...common },
      files: manifest.files.map((file) => ({
        ...file,
        url: `${this.address}/blobs/${file.digest}`,
        supportsRanges: true,
      })),
    };
  }

  private cut(derivation: Derivation): void {
    const weights = this.weightsOf(derivation);
    const text = Buffer.from(`${JSON.stringify({ cut: derivation.classes })}\n`);
    const file = (path: string, bytes: Buffer) => {
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      this.blobs.set(digest, bytes);
      return { path, digest, sizeBytes: bytes.length };
    };
    const files = [file('module.json', text), file('weights.safetensors', weights)];
    this.#cut.set(derivationDigest(derivation), {
      manifest: { formatVersion: 1, files, derivation },
      weights,
    });
  }

  private bytesAt(url: string): Buffer | undefined {
    const derivation = /^\/derived\/[^/]+\/weights.safetensors\?(.*)$/.exec(url)?.[1];
    if (derivation !== undefined)
      return this.weightsOf(JSON.parse(decodeURIComponent(derivation)) as Derivation);
    return this.blobs.get(url.slice('/blobs/'.length));
  }
}

const common = { expiresAt: '2030-01-01T00:00:00Z', ticket: 'ticket' };

export function problem(code: string, message: string): Record<string, unknown> {
  return { __typename: 'Problem', code, message, details: {} };
}

function sendBytes(bytes: Buffer | undefined, request: IncomingMessage, response: ServerResponse): void {
  const [, start, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  if (bytes === undefined) response.writeHead(404).end();
  else if (start === undefined) response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
  else {
    const range = `bytes ${start}-${last}/${bytes.length}`;
    response.writeHead(206, { 'content-range': range }).end(bytes.subarray(Number(start), Number(last) + 1));
  }
}
