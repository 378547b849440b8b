export { describeTensorBackend } from './backend-contract.js';
export {
  type HostValues,
  type LayersModelPrediction,
  predictWithLayersModel,
} from './predict-with-layers-model.js';
