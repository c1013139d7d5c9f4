import { kerasPeers } from './keras.js';
import { mapachePeer } from './mapache.js';
import { onnxPeers } from './onnx.js';
import type { Peer } from './peer.js';
import { tfjsPeers } from './tfjsPeers.js';

/** mapache, and everybody it can be compared with here; in short runs only those who take part in the bars. */
export async function allPeers(full: boolean): Promise<readonly Peer[]> {
  const others = [...(await kerasPeers()), ...(await onnxPeers()), ...(await tfjsPeers())];
  if (full) return [mapachePeer('wasm'), mapachePeer('reference'), ...others];
  return [
    mapachePeer('wasm'),
    ...others.filter(({ name }) => name === 'Keras on TensorFlow' || name === 'TensorFlow.js, wasm'),
  ];
}
