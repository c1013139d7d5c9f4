import { mobileNetV2 } from '../models/mobilenetV2.js';
import { type Network, networks } from '../models/networks.js';

/** The networks of the other benchmarks, and one whose full width takes a page not too long. */
export const gpuNetworks = {
  ...networks,
  'MobileNetV2 1.0/96': { size: 96, build: () => mobileNetV2({ alpha: 1, size: 96 }) },
} as const satisfies Record<string, Network>;

export type GpuNetworkName = keyof typeof gpuNetworks;
