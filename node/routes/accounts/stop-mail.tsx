import { Hono, type Context as HonoContext } from 'hono'
import { StopMailPage } from '../../../ui/accounts/stop-mail-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { type DeadLink, purposeToStop, REPEATED_MAILS } from '../../domain/values/link.ts'
import { findAccount } from '../../store/accounts/accounts.ts'
import { findLink } from '../../store/accounts/links.ts'
import { type MailOfReader, stopMail } from '../../store/accounts/stopped-mails.ts'
import type { Database } from '../../store/database/database.ts'
import { findOwn } from '../../store/facilitators/own-profiles.ts'
import { limitBody } from '../http/forms.ts'
import { deadLink, withSecretAddress } from '../http/link-pages.tsx'
import { findSite } from '../http/site.ts'
import type { WebEnv } from '../workspaces/access.ts'

/**
 * The link at the end of each mail that repeats. GET shows one button, since programs that check mails open links; POST
 * stops this kind of mail. The origin is not checked, since a mail reader's own button has no page (RFC 8058 §3.2).
 */
export function stopMailRoutes(context: Context) {
  const { db } = context
  const path = paths.stopMail(':token')
  return new Hono<WebEnv>()
    .use(path, withSecretAddress('no-referrer'))
    .get(path, async (c) => {
      const found = await findStopped(context, c)
      if ('dead' in found) return deadLink(context, c, purposeToStop(found.mail), found)
      const site = await findSite(context, c)
      return c.html(<StopMailPage {...found} site={site} />)
    })
    .post(path, limitBody(), async (c) => {
      const found = await findStopped(context, c)
      if ('dead' in found) return deadLink(context, c, purposeToStop(found.mail), found)
      await stopMail(db, found)
      const site = await findSite(context, c)
      return c.html(<StopMailPage {...found} site={site} token={undefined} />)
    })
}

type Found = MailOfReader & { email: string; token: string }
type Dead = Pick<MailOfReader, 'mail'> & { dead: DeadLink }

/** Finds which mail to whom a link stops, or why it stops none. */
async function findStopped({ db, now }: Context, c: HonoContext<WebEnv>): Promise<Found | Dead> {
  const token = c.req.param('token') ?? ''
  for (const mail of REPEATED_MAILS) {
    const link = await findLink(db, { token, purpose: purposeToStop(mail) }, now())
    if ('dead' in link) {
      if (link.dead === 'unknown') continue
      return { mail, dead: link.dead }
    }
    const { subject } = link
    const email = await findEmail(db, { mail, subject })
    if (email !== undefined) return { mail, subject, email, token }
  }
  return { mail: 'to-do', dead: 'unknown' }
}

const findEmail = async (
  db: Database,
  { mail, subject }: MailOfReader,
): Promise<string | undefined> =>
  mail === 'profile-named'
    ? (await findOwn(db, subject))?.email
    : (await findAccount(db, subject))?.email
