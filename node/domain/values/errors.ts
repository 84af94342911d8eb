export const STATUS = {
  invalid: 422,
  not_found: 404,
  gone: 410,
  conflict: 409,
  forbidden: 403,
  too_large: 413,
  too_many: 429,
} as const

/** A failure that the visitor caused and may read; anything else is "Erreur interne". */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly code: keyof typeof STATUS
  constructor(code: keyof typeof STATUS, message: string) {
    super(message)
    this.code = code
  }
}
