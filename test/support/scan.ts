import jsqr from 'jsqr'
import sharp from 'sharp'

// Its types are those of a module, its file is CommonJS.
const readCode = jsqr as unknown as typeof jsqr.default

/** Returns what the QR code in a picture says, read by a second library; undefined where it finds none. */
export async function scan(picture: Uint8Array): Promise<string | undefined> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return readCode(new Uint8ClampedArray(data), info.width, info.height)?.data
}
