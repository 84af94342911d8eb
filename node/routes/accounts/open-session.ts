import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { createSession, deleteSession } from '../../store/accounts/sessions.ts'
import { setSessionCookie } from '../http/session-cookie.ts'
import { findSignedIn } from '../workspaces/access.ts'

/** Opens a new session under a new token, whatever the browser held before (session fixation). */
export async function openSession(
  c: HonoContext,
  context: Context,
  accountId: string,
): Promise<string> {
  const { db, config, now } = context
  const before = await findSignedIn(c, context)
  if (before) await deleteSession(db, before.session)
  const userAgent = c.req.header('user-agent') ?? ''
  const token = await createSession(db, { accountId, userAgent }, now())
  setSessionCookie(c, config, token)
  return token
}
