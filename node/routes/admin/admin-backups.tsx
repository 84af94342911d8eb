import { Hono } from 'hono'
import { BackupsPage } from '../../../ui/admin/backups-page.tsx'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isBackupLate } from '../../domain/values/backup-state.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { findBackupState } from '../../store/backup/backup-state.ts'
import { findHeld, releaseHeld, removeHeld } from '../../store/queues/held.ts'
import { adminSession, assertAdministrator, type WebEnv } from '../http/access.ts'
import { textOf } from '../http/forms.ts'
import { findSite } from '../http/site.ts'

/** How old the last backup is, and after a restore what becomes of what waited in it. */
export const backupRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(async (c, next) => {
      assertAdministrator(c.var.admin)
      await next()
    })
    .get('/', async (c) => {
      const { db, config } = context
      const now = context.now()
      const state = await findBackupState(db)
      return c.html(
        <BackupsPage
          site={await findSite(context, c)}
          session={adminSession(c.var.admin)}
          state={state}
          areDaily={config.backups.areDaily}
          isLate={state !== undefined && isBackupLate(state, now)}
          held={await findHeld(db)}
          now={now}
        />,
      )
    })
    .post('/retenu', async (c) => {
      const choice = textOf(c.var.form, 'choix')
      if (choice === 'jeter') await removeHeld(context.db, context.now())
      else if (choice === 'envoyer') await releaseHeld(context.db)
      else throw new DomainError('invalid', 'site.unreadable_form')
      context.wake()
      return c.redirect(paths.backups, 303)
    })
