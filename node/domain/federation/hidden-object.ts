/** The parts of a café that a directory may hide by themselves: its picture, its report, or one question of that. */
export type PartKind = 'picture' | 'report' | 'question'

/** What a directory may hide of what its members publish, one at a time. */
export type HiddenKind = 'cafe' | 'facilitator' | 'structure' | 'resource' | PartKind

/** Something of another server that is not shown here, and why. */
export type HiddenObject = {
  kind: HiddenKind
  /** Its address, which identifies it. */
  uri: string
  /** Its title or name, of a question its words; its address where it is not here now. */
  name: string
  /** The host of its server. */
  host: string
  reason: string
  at: Temporal.Instant
}

const PART = /^(?:(bilan)|(image)|question-[0-9a-f]{20})$/

/** Returns the address of a part of a café, which is that of the café with a fragment. */
export const toPartAddress = (cafeUri: string, part: string): string => `${cafeUri}#${part}`

/** Reads the address of a part of a café; undefined for any other address. */
export function readPart(
  address: string,
): { of: string; part: string; kind: PartKind } | undefined {
  const at = address.lastIndexOf('#')
  const part = address.slice(at + 1)
  const found = at < 0 ? null : PART.exec(part)
  if (!found) return undefined
  const kind = found[1] ? 'report' : found[2] ? 'picture' : 'question'
  return { of: address.slice(0, at), part, kind }
}

/** Returns the address of the picture of a café. */
export const addressOfPicture = (cafeUri: string): string => toPartAddress(cafeUri, 'image')
