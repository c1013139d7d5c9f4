import type { ClassDescription, Config } from '../../tensor/index.js';
import { Layer, type LayerConfig } from '../layer.js';
import { describeLayer, getLayer } from '../nestedLayer.js';

/** Options of layers around another one. */
export interface WrapperConfig extends LayerConfig {
  /** The layer inside, or class and options of it as files have them. */
  readonly layer: Layer | ClassDescription;
}

/** What layers around another one have in common. */
export abstract class Wrapper extends Layer {
  readonly layer: Layer;

  /** @throws {ArgumentError} if there is no layer to wrap. */
  constructor(config: WrapperConfig) {
    super(config);
    this.layer = getLayer(this.className, 'layer', config.layer);
    if (config.trainable === false) this.trainable = false;
  }

  override get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
    return { layer: this.layer };
  }

  override getConfig(): Config {
    return { ...super.getConfig(), layer: describeLayer(this.layer) };
  }
}
