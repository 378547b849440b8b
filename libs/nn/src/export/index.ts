export { type LayersModelOptions, toLayersModel } from './layers-model/to-layers-model.js';
export { type OnnxOptions, toOnnx } from './onnx/to-onnx.js';
