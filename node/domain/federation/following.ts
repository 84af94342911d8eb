import type { Refusal } from '../values/refusal.ts'

/** Our own wish to hear from another server: asked, then accepted or refused by it. */
export type Following = {
  id: string
  /** Which of our actors follows, e.g. `instance`. */
  actor: string
  /** What a person or a setting gave: a handle, an actor's address or an origin. */
  address: string
  /** The actor that it led to; undefined when it could not be reached. */
  targetUri: string | undefined
  followId: string
  /** Asks to be a member of that directory, beyond hearing from it. */
  isJoin: boolean
  /** The code that its Follow carries, until that is delivered. */
  invitation: string | undefined
  /** What our team wrote with it, until it is accepted. */
  message?: string | undefined
  state: 'asked' | 'accepted' | 'refused' | 'failed'
  /** Why it was refused, in its team's words. */
  reason?: string | undefined
  /** Why nobody could be asked. */
  error: Refusal | undefined
  createdAt: Temporal.Instant
  /** It was answered since our team was last written to. */
  isUntold: boolean
}
