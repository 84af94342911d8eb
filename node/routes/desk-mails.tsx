import { Hono } from 'hono'
import { MailsPage } from '../../ui/mails-page.tsx'
import type { Context } from '../context.ts'
import { listMails } from '../store/mails.ts'
import { assertAdministrator, deskSession, type WebEnv } from './access.ts'
import { findSite } from './site.ts'

const SHOWN = 200

/** What left, what waits, and without a relay what would have left. */
export const mailRoutes = (context: Context) =>
  new Hono<WebEnv>().get('/', async (c) => {
    const { desk } = c.var
    assertAdministrator(desk)
    return c.html(
      <MailsPage
        site={await findSite(context, c)}
        session={deskSession(desk)}
        mails={await listMails(context.db, SHOWN)}
        mailWorks={context.config.mail !== undefined}
        now={context.now()}
      />,
    )
  })
