export { findControlPlane } from './build/find-control-plane.mjs';
export type { ControlPlaneProgram } from './build/find-control-plane.mjs';
export { startControlPlane } from './control-plane/start-control-plane.js';
export type { ApiRequest, ControlPlane } from './control-plane/control-plane.js';
export type { Kubectl, KubectlOutput } from './control-plane/kubectl.js';
export {
  addGpuNodes,
  gpuProduct,
  gpuProductLabel,
  gpuResource,
  type NodeOptions,
} from './nodes/gpu-nodes.js';
export {
  type PodProcess,
  type PodSimulation,
  simulatedAnnotation,
  type SimulationOptions,
  simulatePods,
} from './pods/simulate-pods.js';
export type { ImageState } from './pods/local-pod.js';
