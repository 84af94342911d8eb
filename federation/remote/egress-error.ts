export type EgressCode =
  | 'blocked_address'
  | 'scheme'
  | 'redirect'
  | 'too_big'
  | 'timeout'
  | 'content_type'
  | 'status'
  | 'network'

/** Why a call outside failed, in a sentence for the operator. `status` is the answer's when the code is `status`. */
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
