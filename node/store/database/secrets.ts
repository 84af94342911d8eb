import { createHash, randomBytes, randomInt } from 'node:crypto'

/** 256 bits, in letters that a link can hold. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Secrets are kept as SHA-256 only: they have full entropy, so no slow hash is needed. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url')

// No letter or figure that is mistaken for another when read aloud or copied by hand.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** What a person copies from paper: three groups of five (74 bits). */
export function newCode(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${group()}-${group()}-${group()}`
}

/**
 * The last segment of the address of a person's profile: ten letters and figures (49 bits) that say nothing of them and
 * that nobody guesses. No name of an account or page of ours has this form.
 */
export const newHandle = (): string =>
  Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

const CODE = /^\s*[a-z\d]{5}-[a-z\d]{5}-[a-z\d]{5}\s*$/i

/** Of a link's token: a code that was typed from paper counts in any case; a secret only as it is. */
export const hashToken = (token: string): string =>
  hashSecret(CODE.test(token) ? token.trim().toLowerCase() : token)
