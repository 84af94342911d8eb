import type { Context as HonoContext } from 'hono'
import type { Context } from '../../context.ts'
import { createSession, deleteSession } from '../../store/accounts/sessions.ts'
import { setSessionCookie } from '../http/session-cookie.ts'
import { findSignedIn } from '../workspaces/access.ts'

/** Opens a new session for an account that was just made or joined. */
export async function openSession(
  c: HonoContext,
  context: Context,
  accountId: string,
): Promise<void> {
  const { db, now } = context
  await openSessionBy(c, context, async (userAgent) => ({
    token: await createSession(db, { accountId, userAgent }, now()),
  }))
}

/**
 * Opens a new session under a new token, whatever the browser held before (session fixation); undefined when `create`
 * made none, and the second step where that comes before a session.
 */
export async function openSessionBy<T extends { token: string } | { step: string }>(
  c: HonoContext,
  context: Context,
  create: (userAgent: string) => Promise<T | undefined>,
): Promise<T | undefined> {
  const created = await create(c.req.header('user-agent') ?? '')
  if (!created || 'step' in created) return created
  const before = await findSignedIn(c, context)
  if (before) await deleteSession(context.db, before.session)
  setSessionCookie(c, context.config, created.token)
  return created
}
