export { type ArrayOfDtype, type Dtype, type SafeTensor, type TensorOfDtype } from './safetensors/dtype.js';
export { readSafetensorsHeader, type SafetensorsHeader, type TensorEntry } from './safetensors/header.js';
export { defaultSafetensorsLimits, type SafetensorsLimits } from './safetensors/limits.js';
export { readSafetensors, type SafetensorsFile } from './safetensors/read.js';
export { bfloat16ToFloat32, float16ToFloat32, toFloat32 } from './safetensors/to-float32.js';
export { writeSafetensors } from './safetensors/write.js';
export { type ModelCardFacts, renderModelCard } from './card/model-card.js';
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
