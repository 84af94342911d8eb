import type sharp from 'sharp'

type Library = typeof sharp

let library: Promise<Library> | undefined

/** What draws pictures, loaded with the first one: many sites show none for days, and it takes its memory. */
export function loadSharp(): Promise<Library> {
  library ??= load()
  return library
}

async function load(): Promise<Library> {
  const { default: sharp } = await import('sharp')
  // One operation and no cache: memory counts more than a second on the machines that this runs on.
  sharp.cache(false)
  sharp.concurrency(1)
  // Of some thirty readers only these: SVG is for our own card, never for what comes from outside (`isPhoto`).
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadWebpBuffer',
      'VipsForeignLoadHeifBuffer',
      'VipsForeignLoadNsgifBuffer',
      'VipsForeignLoadSvgBuffer',
    ],
  })
  return sharp
}
