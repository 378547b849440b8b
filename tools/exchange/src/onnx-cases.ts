import { buildArchitecture, type Network } from '@moda/nn/graph';
import { randomCut, randomNetwork } from './random-network.js';
import {
  networkOfAwkwardNames,
  networkOfFlattenedMaps,
  networkOfMapOutput,
  networkOfRandomSets,
  repairedNetworks,
} from './unusual-networks.js';

/** A network by the name of its files; made when it is wanted, since the largest takes 130 MB. */
export interface OnnxCase {
  readonly name: string;
  /** Whether its logits are the same for every image, since no signal gets through. */
  readonly constant?: boolean;
  readonly network: () => Network;
}

const input = { height: 32, width: 32, channels: 3 };
const compositions: readonly (readonly number[])[] = [[3], [1, 8], [0, 2, 4, 5, 9]];

/**
 * A built-in architecture whole and as compositions of 1, 2 and 5 of its 10 classes; last, for those that align channels, with units of
 * neighbouring layers that have hardly one in common, so that what is aligned is all zeros.
 */
function referenceCases(architecture: string, aligns: boolean): OnnxCase[] {
  return [
    { name: `${architecture} whole`, network: () => whole(architecture) },
    ...compositions.map((classes) => ({
      name: `${architecture} composed of ${classes.length}`,
      network: () => randomCut(whole(architecture), classes, classes.length, 0.7 + 0.04 * classes.length),
    })),
    ...(aligns ? [withoutCommonUnits(architecture)] : []),
  ];
}

function withoutCommonUnits(architecture: string): OnnxCase {
  return {
    name: `${architecture} without common units`,
    constant: true,
    network: () => randomCut(whole(architecture), [7], 11, 0.02),
  };
}

let lastWhole: Network | undefined;

/** The cases of one architecture come one after the other, and making its numbers takes longer than anything else. */
function whole(architecture: string): Network {
  if (lastWhole?.architecture.name !== architecture) {
    lastWhole = randomNetwork(buildArchitecture(architecture, { input, classes: 10 }));
  }
  return lastWhole;
}

export const onnxCases: readonly OnnxCase[] = [
  ...['lenet5', 'compact', 'vgg16'].flatMap((architecture) => referenceCases(architecture, false)),
  ...['resnet18', 'mobilenet'].flatMap((architecture) => referenceCases(architecture, true)),
  ...Array.from({ length: 24 }, (_, seed) => ({
    name: `random sets ${seed}`,
    network: () => networkOfRandomSets(seed),
  })),
  { name: 'flattened maps', network: networkOfFlattenedMaps },
  { name: 'awkward names', network: networkOfAwkwardNames },
  { name: 'map as output', network: networkOfMapOutput },
  { name: 'repaired by calibration', network: () => repairedNetworks().calibrated },
  { name: 'repaired by score', network: () => repairedNetworks().scored },
];
