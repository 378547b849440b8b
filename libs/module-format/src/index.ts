export { type ArrayOfDtype, type Dtype, type SafeTensor, type TensorOfDtype } from './safetensors/dtype.js';
export { readSafetensorsHeader, type SafetensorsHeader, type TensorEntry } from './safetensors/header.js';
export {
  safetensorsHeaderBytes,
  type SafetensorsLayout,
  type TensorDescription,
} from './safetensors/header-bytes.js';
export { defaultSafetensorsLimits, type SafetensorsLimits } from './safetensors/limits.js';
export { readSafetensors, type SafetensorsFile } from './safetensors/read.js';
export { bfloat16ToFloat32, float16ToFloat32, toFloat32 } from './safetensors/to-float32.js';
export { writeSafetensors } from './safetensors/write.js';
export type { ModelCardFacts } from './card/facts.js';
export { renderModelCard } from './card/model-card.js';
export { canonicalJson, type Json } from './manifest/json.js';
export { maxManifestCharacters, parseManifest, serialiseManifest } from './manifest/manifest.js';
export {
  manifestFormatVersion,
  type ModelClass,
  type ModelManifest,
  modelManifestSchema,
  type ModelSource,
} from './manifest/schema.js';
export {
  type ActivationRates,
  decodeActivationRates,
  encodeActivationRates,
  type LayerActivationCounts,
} from './rates/activation-rates.js';
export {
  derivationDigest,
  maxPackageCharacters,
  packageDigest,
  parsePackage,
  serialisePackage,
} from './package/package.js';
export { packageManifestPath, packagePaths, packageSignaturePath, sampleImagesPath } from './package/path.js';
export {
  type Derivation,
  type PackageFile,
  type PackageManifest,
  packageFormatVersion,
} from './package/schema.js';
export {
  decodeSampleImages,
  encodeSampleImages,
  maxSampleFileBytes,
  maxSampleImages,
  type SampleImages,
} from './samples/sample-images.js';
export { sha256 } from './package/sha256.js';
export {
  type PackageSignature,
  parseSignature,
  type SignatureState,
  signPackage,
  type TrustedKey,
  verifyPackage,
} from './signature/package-signature.js';
export { createSigningKey, keyIdOf, parseSigningKey, type SigningKey } from './signature/signing-key.js';
