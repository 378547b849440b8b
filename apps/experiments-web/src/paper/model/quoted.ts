/** Numbers as the paper prints them (arXiv 2411.01074): shares 0..1, hours, differences of accuracies -1..1. */

export interface ModelAndData {
  /** As the paper names it. */
  readonly model: string;
  readonly data: string;
}

/** Test accuracy and hours of training: standard, MwT, MODA. */
export interface TrainingRow extends ModelAndData {
  readonly accuracy: { readonly standard: number; readonly mwt: number; readonly moda: number };
  readonly hours: { readonly standard: number; readonly mwt: number; readonly moda: number };
}

function training(
  model: string,
  data: string,
  [standard, mwt, moda]: readonly [number, number, number],
  [standardHours, mwtHours, modaHours]: readonly [number, number, number],
): TrainingRow {
  return {
    model,
    data,
    accuracy: { standard: standard / 100, mwt: mwt / 100, moda: moda / 100 },
    hours: { standard: standardHours, mwt: mwtHours, moda: modaHours },
  };
}

/** On a V100; ImageNet100 on a GH200. */
export const trainingRows: readonly TrainingRow[] = [
  training('VGG16', 'SVHN', [95.85, 95.06, 95.78], [1.28, 2.1, 1.76]),
  training('VGG16', 'CIFAR10', [92.62, 90.55, 91.86], [0.81, 1.38, 1.13]),
  training('VGG16', 'CIFAR100', [69.46, 62.48, 70.11], [0.82, 1.39, 1.14]),
  training('VGG16', 'ImageNet100R', [85.11, 71.41, 85.63], [7.86, 9.96, 9.34]),
  training('VGG16', 'ImageNet100D', [80.31, 67.46, 80.45], [7.78, 9.76, 9.14]),
  training('ResNet18', 'SVHN', [96.12, 95.71, 95.75], [1.9, 3.35, 2.48]),
  training('ResNet18', 'CIFAR10', [93.37, 91.04, 90.94], [1.23, 2.18, 1.61]),
  training('ResNet18', 'CIFAR100', [72.82, 60.02, 70.79], [1.23, 2.19, 1.62]),
  training('ResNet18', 'ImageNet100R', [85.57, 77.45, 85.25], [15.33, 20.32, 18.15]),
  training('ResNet18', 'ImageNet100D', [78.15, 72.73, 78.49], [14.92, 19.84, 17.75]),
  training('MobileNet', 'SVHN', [95.04, 32.87, 95.0], [1.1, 2.84, 1.61]),
  training('MobileNet', 'CIFAR10', [89.42, 53.55, 89.34], [0.66, 1.83, 1.03]),
  training('MobileNet', 'CIFAR100', [62.1, 31.51, 62.58], [0.68, 1.93, 1.05]),
  training('MobileNet', 'ImageNet100R', [85.31, 23.51, 85.13], [7.95, 12.43, 10.27]),
  training('MobileNet', 'ImageNet100D', [77.54, 19.77, 77.82], [7.69, 12.13, 10.06]),
];

export interface ModuleQuote {
  readonly reuseAccuracy: number;
  readonly share: number;
  readonly overlap: number;
}

/** Modules at tau 0.9, with compactness and without. */
export interface ModuleRow extends ModelAndData {
  readonly moda: ModuleQuote;
  readonly withoutCompactness: ModuleQuote;
}

function modules(
  model: string,
  data: string,
  moda: readonly [number, number, number],
  without: readonly [number, number, number],
): ModuleRow {
  const quote = ([accuracy, share, overlap]: readonly [number, number, number]): ModuleQuote => ({
    reuseAccuracy: accuracy / 100,
    share,
    overlap,
  });
  return { model, data, moda: quote(moda), withoutCompactness: quote(without) };
}

export const moduleRows: readonly ModuleRow[] = [
  modules('VGG16', 'SVHN', [96.26, 0.021, 0.014], [95.9, 0.032, 0.017]),
  modules('VGG16', 'CIFAR10', [94.48, 0.027, 0.014], [94.55, 0.036, 0.016]),
  modules('VGG16', 'CIFAR100', [78.15, 0.059, 0.034], [78.65, 0.069, 0.039]),
  modules('VGG16', 'ImageNet100R', [88.01, 0.088, 0.077], [87.79, 0.094, 0.083]),
  modules('VGG16', 'ImageNet100D', [81.11, 0.079, 0.074], [82.49, 0.094, 0.089]),
  modules('ResNet18', 'SVHN', [95.43, 0.091, 0.064], [94.36, 0.111, 0.086]),
  modules('ResNet18', 'CIFAR10', [94.11, 0.081, 0.055], [94.5, 0.119, 0.07]),
  modules('ResNet18', 'CIFAR100', [78.68, 0.227, 0.146], [79.84, 0.293, 0.212]),
  modules('ResNet18', 'ImageNet100R', [89.37, 0.982, 0.974], [89.56, 0.984, 0.977]),
  modules('ResNet18', 'ImageNet100D', [84.82, 0.991, 0.991], [84.74, 0.995, 0.995]),
  modules('MobileNet', 'SVHN', [95.58, 0.067, 0.039], [95.97, 0.097, 0.053]),
  modules('MobileNet', 'CIFAR10', [91.9, 0.089, 0.044], [92.43, 0.112, 0.056]),
  modules('MobileNet', 'CIFAR100', [65.58, 0.134, 0.077], [66.44, 0.169, 0.104]),
  modules('MobileNet', 'ImageNet100R', [89.0, 0.843, 0.798], [88.89, 0.894, 0.85]),
  modules('MobileNet', 'ImageNet100D', [85.1, 0.727, 0.709], [84.43, 0.916, 0.885]),
];

/** VGG16 on CIFAR10. */
export const tauRows: readonly {
  readonly tau: number;
  readonly reuseAccuracy: number;
  readonly share: number;
}[] = [
  { tau: 0.1, reuseAccuracy: 0.942, share: 0.15 },
  { tau: 0.5, reuseAccuracy: 0.945, share: 0.056 },
  { tau: 0.8, reuseAccuracy: 0.947, share: 0.035 },
  { tau: 0.9, reuseAccuracy: 0.945, share: 0.027 },
  { tau: 0.95, reuseAccuracy: 0.933, share: 0.022 },
];

/** At the end of training, VGG16 on CIFAR10. */
export const lossRows: readonly {
  readonly loss: 'affinity' | 'dispersion' | 'compactness';
  readonly value: number;
}[] = [
  { loss: 'affinity', value: 0.083 },
  { loss: 'dispersion', value: 0.221 },
  { loss: 'compactness', value: 0.053 },
];

/** Composed networks of VGG16 on CIFAR10, parameters as a share of the whole model. */
export const composedRows: readonly { readonly classes: number; readonly share: number }[] = [
  { classes: 2, share: 0.05 },
  { classes: 10, share: 0.48 },
];

export interface ReplacementQuote {
  /** Change of the accuracy of the replaced class, and the mean over the others. */
  readonly target: number;
  readonly others: number;
}

/** LeNet5 repaired with a module of VGG16, on CIFAR10. */
export interface ReplacementRow {
  readonly className: string;
  readonly overfitted: ReplacementQuote;
  readonly underfitted: ReplacementQuote;
}

function replacement(
  className: string,
  over: readonly [number, number],
  under: readonly [number, number],
): ReplacementRow {
  const quote = ([target, others]: readonly [number, number]): ReplacementQuote => ({
    target: target / 100,
    others: others / 100,
  });
  return { className, overfitted: quote(over), underfitted: quote(under) };
}

export const replacementRows: readonly ReplacementRow[] = [
  replacement('airplane', [8.5, -0.2], [10.3, 3.5]),
  replacement('automobile', [17.0, 0.4], [17.5, 6.8]),
  replacement('bird', [12.5, -0.1], [16.7, 6.8]),
  replacement('cat', [5.9, 0.5], [10.2, 5.6]),
  replacement('deer', [13.8, 0.4], [24.0, 10.2]),
];
