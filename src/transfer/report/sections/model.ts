import { type Layer, Model } from '../../../layers/index.js';
import { formatShape, sizeOf, type Variable } from '../../../tensor/index.js';
import { count } from '../formatting.js';
import { type Html, html } from '../html.js';
import { type Section, scrollable } from './section.js';

/** The layers, and what of them trains. */
export function modelSection(model: Model): Section {
  const trainable = parametersIn(model.trainableWeights);
  const all = parametersIn(model.weights);
  return {
    id: 'model',
    title: 'Model',
    body: html`<p><b>${model.name}</b> has ${count(all)} parameters, of which ${count(trainable)} train; the others were frozen when this report was written.</p>
${layerTable(model, `Layers of ${model.name}`)}
${model.layers.map((layer) =>
  layer instanceof Model
    ? html`<details><summary>Layers inside ${layer.name}</summary>${layerTable(layer, `Layers of ${layer.name}`)}</details>`
    : null,
)}`,
  };
}

/** How many numbers variables hold. */
export function parametersIn(variables: readonly Variable[]): number {
  return variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function layerTable(model: Model, caption: string): Html {
  return scrollable(
    caption,
    html`<table class="layers"><caption>${caption}</caption>
<thead><tr><th scope="col">Layer</th><th scope="col">Kind</th><th scope="col">Output shape</th><th scope="col">Parameters</th><th scope="col">Trains</th></tr></thead>
<tbody>${model.layers.map((layer) => layerRow(layer))}</tbody></table>`,
  );
}

function layerRow(layer: Layer): Html {
  const shapes = layer.inboundNodes[0]?.outputs.map(({ shape }) => formatShape(shape)) ?? [];
  return html`<tr><th scope="row">${layer.name}</th><td>${layer.className}</td><td>${shapes.join(', ')}</td><td>${count(parametersIn(layer.weights))}</td><td>${trainability(layer)}</td></tr>
`;
}

function trainability({ weights, trainableWeights }: Layer): string {
  if (weights.length === 0) return '';
  if (trainableWeights.length === 0) return 'frozen';
  return trainableWeights.length === weights.length ? 'yes' : `${trainableWeights.length} of ${weights.length} weights`;
}
