export type EgressCode =
  | 'blocked_address'
  | 'scheme'
  | 'redirect'
  | 'too_big'
  | 'timeout'
  | 'content_type'
  | 'status'
  | 'network'

/**
 * The error of a call to another server, with a sentence for the operator. `status` is that of the answer when the code
 * is `status`.
 */
export class EgressError extends Error {
  override name = 'EgressError'
  readonly code: EgressCode
  readonly status: number | undefined
  constructor(code: EgressCode, message: string, status?: number) {
    super(message)
    this.code = code
    this.status = status
  }
}
