import type { PlainRefusal, Refusal } from '../../node/domain/values/refusal.ts'
import { EgressError } from './egress-error.ts'
import { LookUpError } from './look-up.ts'

/**
 * Returns why a server could not be asked, or named another actor than the one that was typed; undefined for an error
 * that is not about that server.
 */
export function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof LookUpError) return error.refusal
  if (error instanceof EgressError) return `remote.${error.code}` satisfies PlainRefusal
  return undefined
}
