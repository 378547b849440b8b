export { defaultConnections, downloadFile, type Lanes, openLanes } from './download/download-file.js';
export type { Downloaded, DownloadOptions, DownloadSource } from './download/download-source.js';
export {
  createKey,
  type Keyring,
  type KeyringEnvironment,
  openKeyring,
  trustKey,
  withSigningKey,
} from './keys/keyring.js';
export { type Lock, type LockedPackage, lockFileName, readLock, writeLock } from './lock/lock-file.js';
export { folderNameOf, type LockedPullOptions, pullReference } from './lock/pull-locked.js';
export { digestFile, type FileDigest } from './package/digest-file.js';
export { packFolder } from './package/pack-folder.js';
export {
  type FolderVerdict,
  packageOfFolder,
  type VerifiedFile,
  verifyFolder,
} from './package/verify-folder.js';
export { licenseFolder } from './publish/license-folder.js';
export { publishFolder, type Published, type PublishOptions } from './publish/publish-folder.js';
export { type SignatureRules } from './pull/check-signature.js';
export { ContentCache } from './pull/content-cache.js';
export {
  type Pulled,
  pullDigest,
  pullPackage,
  type PullOptions,
  type PullProgress,
} from './pull/pull-package.js';
export {
  formatReference,
  isAlias,
  isModelName,
  isVersion,
  latestAlias,
  parseReference,
  type Reference,
  type ReferenceSelector,
} from './reference/parse-reference.js';
export { clientName } from './registry/client-name.js';
export type { DownloadOffer, DownloadTarget, Resolved } from './registry/download-documents.js';
export { defaultRegistry, type ModulePage, RegistryClient } from './registry/registry-client.js';
export {
  type ModuleCriteria,
  type ModuleFound,
  type ModuleOrder,
  searchOrders,
  type SearchRequest,
} from './registry/search-document.js';
