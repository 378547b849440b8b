/** A published version in its parts. */
export interface VersionName {
  readonly owner: string;
  readonly model: string;
  /** A semantic version; in an address also an alias such as `latest`. */
  readonly version: string;
}

/** One class of a published version. */
export interface ModulePlace {
  /** `owner/model@version`. */
  readonly of: string;
  readonly className: string;
  /** Output position of the class. */
  readonly classIndex: number;
}

/** `owner/model@version` of the reference of a module, `owner/model/class@version`. */
export function versionOfModule(reference: string): string {
  const [path = '', version = ''] = reference.split('@');
  return `${path.split('/').slice(0, 2).join('/')}@${version}`;
}

/** Reads `owner/model@version`, or undefined where a text is none. */
export function readVersionReference(of: string): VersionName | undefined {
  const parts = /^([^/@]+)\/([^/@]+)@([^/@]+)$/.exec(of);
  if (parts === null) return undefined;
  const [, owner = '', model = '', version = ''] = parts;
  return { owner, model, version };
}

/** `owner/model/class,class@version`; characters that have a meaning there are written as %40 and the like. */
export function classesReference(of: string, classNames: readonly string[]): string {
  const [name = '', version = ''] = of.split('@');
  const names = classNames.map((text) => text.replace(/[%/,@]/g, encodeURIComponent)).join(',');
  return `${name}${names === '' ? '' : `/${names}`}@${version}`;
}

/** The page of a model below the base path; of its newest version where none is named. */
export function modelHref({
  owner,
  model,
  version,
}: Partial<VersionName> & Omit<VersionName, 'version'>): string {
  const query = version === undefined ? '' : `?version=${encodeURIComponent(version)}`;
  return `/m/${encodeURIComponent(owner)}/${encodeURIComponent(model)}${query}`;
}

/** The page of the module of a class below the base path. */
export function moduleHref(of: string, className: string, tau?: number): string {
  const name = readVersionReference(of);
  if (name === undefined) return '/';
  const { owner, model, version } = name;
  const query = [`version=${encodeURIComponent(version)}`, ...(tau === undefined ? [] : [`tau=${tau}`])].join(
    '&',
  );
  return `${modelHref({ owner, model })}/${encodeURIComponent(className)}?${query}`;
}

/** The page of a version that is named as `owner/model@version`. */
export function versionHref(of: string): string {
  const name = readVersionReference(of);
  return name === undefined ? '/' : modelHref(name);
}
