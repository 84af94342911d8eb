import type { Context as HonoContext } from 'hono'
import type { Context } from '../context.ts'
import { createSession, deleteSession } from '../store/sessions.ts'
import { findDesk } from './access.ts'
import { setSessionCookie } from './session-cookie.ts'

/** A new session under a new token, whatever the browser held before (session fixation). */
export async function openSession(
  c: HonoContext,
  context: Context,
  accountId: string,
): Promise<string> {
  const { db, config, now } = context
  const desk = await findDesk(c, context)
  if (desk) await deleteSession(db, desk.session)
  const userAgent = c.req.header('user-agent') ?? ''
  const token = await createSession(db, { accountId, userAgent }, now())
  setSessionCookie(c, config, token)
  return token
}
