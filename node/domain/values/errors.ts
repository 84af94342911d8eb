import { keyOf, type Refusal } from './refusal.ts'

export const STATUS = {
  invalid: 422,
  not_found: 404,
  gone: 410,
  conflict: 409,
  forbidden: 403,
  too_large: 413,
  too_many: 429,
  busy: 503,
} as const

/**
 * A failure that the visitor caused and may read in their own language: `refusal` is the key of its sentence. Anything
 * else that is thrown is an internal error.
 */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly code: keyof typeof STATUS
  readonly refusal: Refusal
  constructor(code: keyof typeof STATUS, refusal: Refusal) {
    super(keyOf(refusal))
    this.code = code
    this.refusal = refusal
  }
}

/** The error codes for a full disk of Node, SQLite and PostgreSQL (its class 53). */
const FULL = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100']

/** Returns whether an error says that a disk is full; other failures have other codes, or none. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && FULL.includes(String(error.code))
