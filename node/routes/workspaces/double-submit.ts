import { hash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { SignedInEnv } from './access.ts'

/** The longest time between the two presses of a double click; a slower second one may be intended. */
const DOUBLE_CLICK_MS = 1500
/** Somebody who does the same again after this time means it. */
const FORGET_MS = 10_000
/** The maximum number of clicks that are remembered, of all people at work; older ones have long been forgotten. */
const MOST = 1000

type Sent = {
  at: number
  /** The answer to the first click, while a double click may ask for it. */
  answered: Promise<Response | undefined>
  /** The address to which it led. */
  led: Promise<string | undefined>
}

/**
 * Answers the second click on a button, which sends its form again and whose answer is the one that is shown. A double
 * click is answered twice and done once: it makes no second invitation, key or token. Later, where the first click has
 * done all there was to do, so that the object no longer exists, the second leads where the first did, since nobody
 * wants to read that what they deleted cannot be found. It follows `adminGate`; each process knows only the clicks that
 * came to it.
 */
export function answerSecondClick(): MiddlewareHandler<SignedInEnv> {
  const sent = new Map<string, Sent>()
  /** The form that each session sent last: after any other form, the same one again is no double click. */
  const last = new Map<string, string>()
  return async (c, next) => {
    if (c.req.method !== 'POST') return next()
    const { id } = c.var.signedIn.session
    const key = fingerprint(id, c.req.path, c.var.form)
    const before = sent.get(key)
    const isAtOnce = before !== undefined && performance.now() - before.at < DOUBLE_CLICK_MS
    const same = isAtOnce && last.get(id) === key ? await before.answered : undefined
    if (same) return same.clone()
    const answered = Promise.withResolvers<Response | undefined>()
    const led = Promise.withResolvers<string | undefined>()
    if (sent.size >= MOST) {
      sent.clear()
      last.clear()
    }
    const now: Sent = { at: performance.now(), answered: answered.promise, led: led.promise }
    sent.set(key, now)
    last.set(id, key)
    try {
      await next()
      const isLost = [404, 409].includes(c.res.status)
      const isSecond = isLost && before !== undefined && performance.now() - before.at < FORGET_MS
      const there = isSecond ? await before.led : undefined
      if (there !== undefined) c.res = c.redirect(there, 303)
    } finally {
      const isDone = [200, 303].includes(c.res.status)
      answered.resolve(isDone ? c.res.clone() : undefined)
      led.resolve(c.res.status === 303 ? (c.res.headers.get('location') ?? undefined) : undefined)
      // A page may show a secret once, so the answer is kept no longer than a double click takes.
      setTimeout(() => {
        now.answered = Promise.resolve(undefined)
      }, DOUBLE_CLICK_MS).unref()
    }
  }
}

function fingerprint(sessionId: string, path: string, form: FormData): string {
  // A field may be a file of megabytes, which is not copied to be read.
  const fields = [...form].map(([name, value]) =>
    typeof value === 'string' ? [name, hash('sha256', value)] : [name, value.name, value.size],
  )
  return hash('sha256', JSON.stringify([sessionId, path, fields]))
}
