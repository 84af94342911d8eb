/**
 * The short code of a café or a series of this server, which stands on paper: `k7m2x9qd`. It is the last forty bits of
 * its id, hence it is the same after a move to another name and after a restore, and nothing stores it.
 */

/** The digits of Crockford's base 32, which leaves out the letters that are read as figures, and `u`. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 8
/** The number of hexadecimal digits at the end of an id. */
const HEX_LENGTH = 10

/** Returns the code of a café or series of ours; its id is a UUID. */
export function shortCodeOf(id: string): string {
  let rest = BigInt(`0x${id.slice(-HEX_LENGTH)}`)
  let code = ''
  for (let at = 0; at < LENGTH; at++) {
    code = DIGITS.charAt(Number(rest % 32n)) + code
    rest /= 32n
  }
  return code
}

/**
 * Reads a code as it was typed, in either case, with `o`, `i` and `l` for figures, and with spaces or hyphens.
 * @returns The last ten hexadecimal digits of the id; undefined for what is no code.
 */
export function readShortCode(typed: string): string | undefined {
  if (typed.length > 4 * LENGTH) return undefined
  const code = typed
    .toLowerCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1')
  if (code.length !== LENGTH) return undefined
  let value = 0n
  for (const digit of code) {
    const at = DIGITS.indexOf(digit)
    if (at < 0) return undefined
    value = value * 32n + BigInt(at)
  }
  return value.toString(16).padStart(HEX_LENGTH, '0')
}
