import { createHash, randomBytes } from 'node:crypto'

/** 256 bits, in letters that a link can hold. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Secrets are kept as SHA-256 only: they have full entropy, so no slow hash is needed. */
export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url')
