import { loadSharp } from './sharp.ts'

/** The most pixels of a logo on paper: 30 mm at 300 dpi. */
const MOST = 360

/** Draws one of our own pictures on white, as the PNG that a PDF takes without decoding it. */
export async function toPrintable(
  bytes: Uint8Array,
): Promise<{ bytes: Uint8Array; width: number; height: number }> {
  const sharp = await loadSharp()
  const { data, info } = await sharp(bytes)
    .flatten({ background: '#ffffff' })
    .resize({ width: MOST, height: MOST, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .png({ palette: false, compressionLevel: 9 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: new Uint8Array(data), width: info.width, height: info.height }
}
