import type { Model } from 'mapache';
import { mobileNetV1 } from './mobilenetV1.js';
import { mobileNetV2 } from './mobilenetV2.js';
import { resNet50 } from './resNet50.js';
import { vgg16 } from './vgg16.js';

/** A base to transfer from, at one size of pictures. */
export interface Network {
  readonly size: number;
  /** The layers, with random weights that depend on the seed only. */
  readonly build: () => Model;
}

/** The networks of the benchmarks by name. */
export const networks = {
  'MobileNetV1 0.25/128': { size: 128, build: () => mobileNetV1({ alpha: 0.25, size: 128 }) },
  'MobileNetV2 0.35/96': { size: 96, build: () => mobileNetV2({ alpha: 0.35, size: 96 }) },
  'MobileNetV2 1.0/160': { size: 160, build: () => mobileNetV2({ alpha: 1, size: 160 }) },
  'MobileNetV2 1.0/224': { size: 224, build: () => mobileNetV2({ alpha: 1, size: 224 }) },
  'ResNet50/224': { size: 224, build: () => resNet50({ size: 224 }) },
  'VGG16/224': { size: 224, build: () => vgg16({ size: 224 }) },
} as const satisfies Record<string, Network>;

export type NetworkName = keyof typeof networks;

export const networkNames = Object.keys(networks) as readonly NetworkName[];
