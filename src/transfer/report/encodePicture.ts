/** A picture as bytes. */
interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `height * width * 3` bytes: row by row, red first. */
  readonly data: Uint8Array;
}

/** A picture as a data URI: JPEG through `sharp` where it is installed, otherwise PNG. */
export async function encodePicture({ width, height, data }: Pixels): Promise<string> {
  const jpeg = await encodeJpeg({ width, height, data });
  if (jpeg !== null) return dataUri('image/jpeg', jpeg);
  const { encode } = await import('fast-png');
  return dataUri('image/png', encode({ width, height, data, channels: 3 }));
}

async function encodeJpeg({ width, height, data }: Pixels): Promise<Uint8Array | null> {
  let sharp: typeof import('sharp').default;
  try {
    sharp = (await import('sharp')).default;
  } catch {
    return null;
  }
  const raw = { width, height, channels: 3 } as const;
  return sharp(data, { raw }).jpeg({ quality: 82 }).toBuffer();
}

function dataUri(type: string, bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:${type};base64,${btoa(text)}`;
}
