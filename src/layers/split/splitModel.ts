import type { Tensor } from '../../tensor/index.js';
import type { ModelSplit, Trainable } from '../../training/index.js';
import type { Model } from '../model.js';
import { describeBottom } from './describeBottom.js';
import { type Cut, findCut } from './findCut.js';
import { type FlatGraph, flatten, runNodes, type Slot } from './flatGraph.js';

/**
 * Cuts a model in two: below, what is frozen and looks at each sample alone; above, the rest.
 * @returns `null` if there is nothing of the kind, or nothing that trains.
 */
export function splitModel(model: Model): ModelSplit | null {
  const trained = new Set(model.trainableWeights);
  const graph = trained.size === 0 ? null : flatten(model);
  const cut = graph === null ? null : findCut(graph, trained);
  if (graph === null || cut === null) return null;
  const { below, slots } = cut;
  return {
    featureNames: slots.map((slot) => nameOf(graph, slot)),
    weights: [...new Set(below.flatMap(({ layer }) => layer?.weights ?? []))],
    describe: () => describeBottom(graph, cut),
    run: (inputs, { training }) => {
      const known = new Map(graph.inputs.map((slot, i) => [slot, inputs[i] as Tensor]));
      const masks = runNodes(below, known, training);
      return {
        outputs: slots.map((slot) => known.get(slot) as Tensor),
        masks: slots.map((slot) => masks.get(slot) ?? null),
      };
    },
    top: topOf(model, graph, cut),
  };
}

/** The layer that gives a value; an input has the name of its position. */
function nameOf(graph: FlatGraph, slot: Slot): string {
  const node = graph.nodes.find(({ outputs }) => outputs.includes(slot));
  return node?.layer?.name ?? `input ${graph.inputs.indexOf(slot)}`;
}

/** The rest of the model, which takes features in place of inputs. */
function topOf(model: Model, graph: FlatGraph, { above, slots }: Cut): Trainable {
  return {
    name: `${model.name} above ${slots.map((slot) => nameOf(graph, slot)).join(', ')}`,
    inputShapes: slots.map(({ shape: [, ...sample] }) => [null, ...sample]),
    get outputShapes() {
      return model.outputShapes;
    },
    get outputNames() {
      return model.outputNames;
    },
    run: (features, { training }) => {
      const known = new Map(slots.map((slot, i) => [slot, features[i] as Tensor]));
      const masks = runNodes(above, known, training);
      return {
        outputs: graph.outputs.map((slot) => known.get(slot) as Tensor),
        masks: graph.outputs.map((slot) => masks.get(slot) ?? null),
      };
    },
    get losses() {
      return model.losses;
    },
    get trainableWeights() {
      return model.trainableWeights;
    },
    get variables() {
      return model.variables;
    },
    get trainableKey() {
      return model.trainableKey;
    },
  };
}
