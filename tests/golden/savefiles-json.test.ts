import { readFileSync } from 'node:fs';
import { modelFromJson, saveModel, loadModel, UnknownLayerError } from 'mapache';
import { compile, type Tensor, tensor } from 'mapache/tensor';
import { expect, test } from 'vitest';
import { relativeError } from '../support/relative-error.js';
import { dataPath, decodeArray, describeWithData, type EncodedArray, hasData, readJson } from '../support/shared-data.js';
