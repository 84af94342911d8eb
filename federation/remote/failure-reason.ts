import type { PlainRefusal, Refusal } from '../../node/domain/values/refusal.ts'
import { EgressError } from './egress-error.ts'
import { LookUpError } from './look-up.ts'

/**
 * Why a server could not be asked, or did not name whom the person who gave its address meant; undefined for an error
 * that is not about that server.
 */
export function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof LookUpError) return error.refusal
  if (error instanceof EgressError) return `remote.${error.code}` satisfies PlainRefusal
  return undefined
}
