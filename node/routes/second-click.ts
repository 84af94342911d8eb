import { createHash } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { WebEnv } from './access.ts'

/** Whoever does the same again after that means it. */
const FORGET_MS = 10_000
/** Of all people at work; what is older has long been forgotten. */
const MOST = 1000

type Sent = { at: number; led: Promise<string | undefined> }

/**
 * The second click on a button sends its form again, and its answer is the one that is shown. Where the first has
 * done all there was to do, so that nothing is there any more, the second leads where the first did: nobody reads
 * that what they deleted cannot be found. Behind the desk's door; each process knows the clicks that came to it.
 */
export function forgiveSecondClick(): MiddlewareHandler<WebEnv> {
  const sent = new Map<string, Sent>()
  return async (c, next) => {
    if (c.req.method !== 'POST') return next()
    const key = fingerprint(c.var.desk.session.id, c.req.path, c.var.form)
    const before = sent.get(key)
    const led = Promise.withResolvers<string | undefined>()
    if (sent.size >= MOST) sent.clear()
    sent.set(key, { at: performance.now(), led: led.promise })
    await next()
    const isLost = [404, 409].includes(c.res.status)
    const isSecond = isLost && before !== undefined && performance.now() - before.at < FORGET_MS
    const there = isSecond ? await before.led : undefined
    if (there !== undefined) c.res = c.redirect(there, 303)
    led.resolve(c.res.status === 303 ? (c.res.headers.get('location') ?? undefined) : undefined)
  }
}

function fingerprint(sessionId: string, path: string, form: FormData): string {
  const fields = [...form].map(([name, value]) =>
    typeof value === 'string' ? [name, value] : [name, value.name, value.size],
  )
  return createHash('sha256')
    .update(JSON.stringify([sessionId, path, fields]))
    .digest('hex')
}
