import type { Cut } from './findCut.js';
import type { FlatGraph, Slot } from './flatGraph.js';

/**
 * What the bottom computes, as text: equal texts and equal weights give equal features, in any process. Names, and whether
 * layers are frozen, make no difference.
 */
export function describeBottom(graph: FlatGraph, { below, slots }: Cut): string {
  const numbers = new Map<Slot, number>();
  const number = (slot: Slot): number => {
    if (!numbers.has(slot)) numbers.set(slot, numbers.size);
    return numbers.get(slot) as number;
  };
  const inputs = graph.inputs.map((slot) => [number(slot), slot.shape, slot.dtype]);
  const nodes = below.map(({ layer, inputs: given, outputs, trains, call }) => [
    layer?.className ?? 'cast',
    layer === null ? null : withoutNames(layer.getConfig()),
    layer !== null && trains(true) && !layer.isHeld,
    given.map(number),
    outputs.map((slot) => [number(slot), slot.dtype]),
    call.inputNames ?? null,
    call.options,
  ]);
  return JSON.stringify({ inputs, nodes, features: slots.map(number) });
}

function withoutNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNames);
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'name' && key !== 'trainable');
  return Object.fromEntries(entries.map(([key, inside]) => [key, withoutNames(inside)]));
}
