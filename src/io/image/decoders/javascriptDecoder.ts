import type { Decoder } from './decoder.js';

export const javascriptDecoder: Decoder = {
  identity: 'javascript',
  parallel: 2,
  decode: () => Promise.reject(new Error('not yet')),
};
