import { ArgumentError, type ClassDescription, formatValue, lookupKey, readDescription } from '../../tensor/index.js';
import { constant, ones, zeros } from './constants.js';
import type { FanAxes } from './fans.js';
import { identity } from './identity.js';
import type { Initializer } from './initializer.js';
import { orthogonal } from './orthogonal.js';
import { randomNormal, randomUniform, truncatedNormal } from './random.js';
import {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
} from './varianceScaling.js';

/** An initialiser, its name (`'glorotUniform'`, `'glorot_uniform'`, `'GlorotUniform'`), or class and options. */
export type InitializerLike = Initializer | string | ClassDescription;

// Options come from files; every maker checks what it reads.
type Maker = (config: never) => Initializer;

const makers: Readonly<Record<string, Maker>> = {
  zeros,
  ones,
  constant,
  randomUniform,
  randomNormal,
  truncatedNormal,
  varianceScaling,
  glorotUniform,
  glorotNormal,
  heUniform,
  heNormal,
  lecunUniform,
  lecunNormal,
  orthogonal,
  identity,
};

/** Keras's other names. */
const otherNames: Readonly<Record<string, Maker>> = {
  zero: zeros,
  one: ones,
  uniform: randomUniform,
  normal: randomNormal,
  eye: identity,
  identityInitializer: identity,
  orthogonalInitializer: orthogonal,
};

const known = new Map(Object.entries({ ...makers, ...otherNames }).map(([name, make]) => [lookupKey(name), make]));

/** The initialiser that is meant. @throws {ArgumentError} for an unknown name, listing the known ones. */
export function getInitializer(like: InitializerLike): Initializer {
  if (typeof like === 'function') return like;
  const description = readDescription(like);
  const make = description === null ? undefined : known.get(lookupKey(description.className));
  if (description !== null && make !== undefined) return make(description.config as never);
  throw new ArgumentError({
    operation: 'getInitializer',
    expected: `an initialiser or one of ${Object.keys(makers).join(', ')}`,
    received: formatValue(description?.className ?? like),
    remedy: 'Names may be written in camelCase or in snake case.',
  });
}

/** The initialiser with these axes for inputs and outputs, if it asks for any and was not told others. */
export function withFanAxes(initializer: Initializer, axes: FanAxes): Initializer {
  const { className, config } = initializer;
  const isOurs = known.has(lookupKey(className)) && (config.inputAxes ?? null) === null;
  return isOurs ? getInitializer({ className, config: { ...config, ...axes } }) : initializer;
}
