/** The second byte of the markers that are read here (ISO/IEC 10918-1, table B.1). */
const START_OF_IMAGE = 0xd8
const END_OF_IMAGE = 0xd9
const START_OF_SCAN = 0xda

/** Returns whether a marker has no length after it: a stuffed zero, a fill byte, TEM and the restarts. */
const standsAlone = (marker: number): boolean =>
  marker === 0 || marker === 1 || marker === 0xff || (marker >= 0xd0 && marker <= START_OF_IMAGE)

/**
 * Returns whether a JPEG has more than `most` scans before its end. Each scan of a progressive JPEG goes through the
 * whole picture again, and needs thirty bytes to do so: 466 kB with 10,000 scans took 20 s to decode, which the time
 * limit of libvips does not interrupt. A file that is no JPEG has none. Ten megabytes are scanned in about ten
 * milliseconds.
 */
export function hasMoreScansThan(bytes: Uint8Array, most: number): boolean {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) return false
  let scans = 0
  for (let at = 2; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const marker = bytes[at + 1] ?? 0
    if (standsAlone(marker)) continue
    if (marker === END_OF_IMAGE) return false
    if (marker === START_OF_SCAN && ++scans > most) return true
    // The segment is skipped: a thumbnail in it has scans of its own.
    at += 1 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0))
  }
  return false
}
