import { createHash, randomBytes, randomInt } from 'node:crypto'

/** Makes a secret of 256 bits, in characters that a link can contain. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Hashes a secret. Secrets are stored as SHA-256 only: they have full entropy, so no slow hash is needed. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url')

// These are letters and digits that are not mistaken for another when read aloud or copied by hand.
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Makes a code that a person copies from paper: three groups of five characters (74 bits). */
export function newCode(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return `${group()}-${group()}-${group()}`
}

/**
 * Makes the last segment of the address of a person's profile: ten letters and digits (49 bits) that say nothing of
 * them and cannot be guessed. No name of an account or page of ours has this form.
 */
export const newHandle = (): string =>
  Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join('')

const CODE = /^\s*[a-z\d]{5}-[a-z\d]{5}-[a-z\d]{5}\s*$/i

/** Hashes the token of a link. A code that was typed from paper counts in any case; a secret only as it is. */
export const hashToken = (token: string): string =>
  hashSecret(CODE.test(token) ? token.trim().toLowerCase() : token)
