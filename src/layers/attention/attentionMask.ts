import { cast, expandDims, logicalAnd, type Tensor, tensor } from '../../tensor/index.js';

/** Which positions may look at which. */
export interface AttentionMasks {
  /** `[batch, queries]`: queries that count. */
  readonly query: Tensor | null;
  /** `[batch, values]`: values that count. */
  readonly value: Tensor | null;
  /** `[batch, values]`: keys that count. */
  readonly key: Tensor | null;
  /** `[batch, queries, values]`: what the user says. */
  readonly given: Tensor | null;
  /** Whether a query sees nothing that comes after it. */
  readonly causal: boolean;
  /** How far a query sees, itself included; `null` for all of it. */
  readonly window: number | null;
}

/** All masks as one. Shape: `[batch or 1, queries, values]`; `null` if everything may look at everything. */
export function combineMasks(masks: AttentionMasks, queries: number, values: number): Tensor | null {
  const along = (mask: Tensor | null, axis: number): Tensor | null =>
    mask === null ? null : expandDims(cast(mask, 'bool'), axis);
  const { causal, window, given } = masks;
  const all = [
    along(masks.query, masks.query?.rank ?? 0),
    along(masks.value, (masks.value?.rank ?? 0) - 1),
    along(masks.key, (masks.key?.rank ?? 0) - 1),
    causal ? bandMask(queries, values, (query, value) => query >= value) : null,
    window === null ? null : bandMask(queries, values, (query, value) => Math.abs(query - value) < window),
    given === null ? null : cast(given, 'bool'),
  ];
  return all.reduce((one, other) => (one === null || other === null ? (one ?? other) : logicalAnd(one, other)));
}

/** Which pairs of positions `sees` says may look at each other. Shape: `[1, queries, values]`. */
export function bandMask(queries: number, values: number, sees: (query: number, value: number) => boolean): Tensor {
  const pairs = Uint8Array.from({ length: queries * values }, (_, i) =>
    Number(sees(Math.floor(i / values), i % values)),
  );
  return tensor(pairs, { shape: [1, queries, values], dtype: 'bool' });
}
