import type sharp from 'sharp'

type Library = typeof sharp

let library: Promise<Library> | undefined

/** Loads the library that draws pictures, at the first one: many sites show none for days, and it takes memory. */
export function loadSharp(): Promise<Library> {
  library ??= load()
  return library
}

async function load(): Promise<Library> {
  const { default: sharp } = await import('sharp')
  // It has one thread and no cache: memory counts more than a second on the machines on which this runs.
  sharp.cache(false)
  sharp.concurrency(1)
  // Only these of some thirty decoders are allowed. SVG is for our own card, never for files from outside (`isPhoto`).
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
