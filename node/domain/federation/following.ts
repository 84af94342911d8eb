import type { Refusal } from '../values/refusal.ts'

/** Our own request to hear from another server: asked, then accepted or refused by it. */
export type Following = {
  id: string
  /** Which of our actors follows, e.g. `instance`. */
  actor: string
  /** What a person or a setting gave: a handle, an actor's address or an origin. */
  address: string
  /** The actor to which it led; undefined when it could not be reached. */
  targetUri: string | undefined
  followId: string
  /** Whether it asks to be a member of that directory, beyond hearing from it. */
  isJoin: boolean
  /** The code that its Follow carries; it is kept until the Follow is delivered. */
  invitation: string | undefined
  /** What our team wrote with it; it is kept until the request is accepted. */
  message?: string | undefined
  state: 'asked' | 'accepted' | 'refused' | 'failed'
  /** Why it was refused, in its team's words. */
  reason?: string | undefined
  /** Why the address led to no actor that could be asked. */
  error: Refusal | undefined
  createdAt: Temporal.Instant
  /** Whether it was answered and our team has not been told by mail yet. */
  isAnswerUnread: boolean
}
