import { giveWay } from '../../node/turns/turns.ts'

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a]
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/** Number of bytes that are scanned in a few milliseconds. */
const SLICE = 256 * 1024

/**
 * Finds the arrays among the members of the outermost object of a JSON text, each as its text with the brackets. It is
 * for texts of megabytes: nothing is parsed, and requests are served meanwhile. What is inside the arrays is not
 * checked; a name that is written with escapes is not found; the last of several members with one name counts, as in
 * `JSON.parse`.
 * @param bytes - The text as UTF-8.
 */
export async function findArrays<Name extends string>(
  bytes: Buffer,
  names: readonly Name[],
): Promise<{ [name in Name]?: Buffer }> {
  const arrays: { [name in Name]?: Buffer } = {}
  let depth = 0
  let isInString = false
  /** Positions of the quotes of the last string. */
  let [opened, closed] = [0, 0]
  /** The member whose value is being read, and the position where its array begins. */
  let name: Name | undefined
  let from = 0
  for (let at = 0, end = 0; at < bytes.length; at++) {
    if (at >= end) {
      await giveWay()
      end = at + SLICE
    }
    const byte = bytes[at]
    if (isInString) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) {
        isInString = false
        closed = at
      }
    } else if (byte === QUOTE) {
      isInString = true
      opened = at
    } else if (byte === COLON && depth === 1) {
      name = findName(names, bytes.subarray(opened + 1, closed))
    } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      if (depth === 1) from = at
      depth++
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
      depth--
      if (depth !== 1 || name === undefined) continue
      if (byte === CLOSE_ARRAY) arrays[name] = bytes.subarray(from, at + 1)
      name = undefined
    }
  }
  return depth === 0 ? arrays : {}
}

const findName = <Name extends string>(names: readonly Name[], text: Buffer): Name | undefined =>
  names.find((name) => name.length === text.length && name === text.toString('latin1'))
