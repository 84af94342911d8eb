import { Hono, type Context as HonoContext } from 'hono'
import { BackupsPage } from '../../../ui/admin/backups-page.tsx'
import { ConfirmActionPage } from '../../../ui/admin/confirm-action-page.tsx'
import { claimTextOf } from '../../../ui/admin/restored-parts.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { Context } from '../../context.ts'
import { isBackupLate } from '../../domain/backup/backup-state.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { askForBackup, findBackupState } from '../../store/backup/backup-state.ts'
import {
  type Claim,
  confirmClaims,
  countShown,
  listClaims,
  rejectClaims,
} from '../../store/backup/claimed-erasures.ts'
import { countOtherVersions } from '../../store/backup/other-versions.ts'
import { endWaiting, findRestoration } from '../../store/backup/restoration.ts'
import { planUnsentEdits } from '../../store/backup/unsent-edits.ts'
import { inTransaction } from '../../store/database/database.ts'
import { deleteFilesOf } from '../../store/files/media-storage.ts'
import { findHeld, releaseHeld, removeHeld } from '../../store/queues/held.ts'
import { withFlash } from '../http/flash.ts'
import { textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { versionRoutes } from './admin-versions.tsx'

/** The maximum number of claims that are shown, as many as are decided at once. */
const CLAIMS_SHOWN = 50

/** How long it is shown what directories answered. */
const ANSWERS_SHOWN_HOURS = 30 * 24

/**
 * The page of backups: how old the last one is and, after a restore, what becomes of what waited in it and of what was
 * deleted after it.
 */
export const backupRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .use(needsAdministrator)
    .get('/', (c) => page(context, c))
    .post('/retenu', (c) => settleHeld(context, c))
    .post('/maintenant', async (c) => {
      await inTransaction(context.db, (trx) => askForBackup(trx, context.now()))
      return c.redirect(paths.backups, 303)
    })
    .post('/ouvrir', async (c) => {
      await inTransaction(context.db, endWaiting)
      await planUnsentEdits(context.db, context.now())
      context.wake()
      return c.redirect(withFlash(paths.backups, 'done'), 303)
    })
    .route('/versions', versionRoutes(context))
    .get('/effaces', (c) => askClaims(context, c))
    .post('/effaces', (c) => settleClaims(context, c))

type Asked = HonoContext<WebEnv>

async function settleHeld(context: Context, c: Asked) {
  const { db, now } = context
  const choice = textOf(c.var.form, 'choix')
  if (choice === 'jeter') await removeHeld(db, now())
  else if (choice === 'envoyer') await releaseHeld(db)
  else throw new DomainError('invalid', 'site.unreadable_form')
  context.wake()
  return c.redirect(withFlash(paths.backups, 'done'), 303)
}

async function askClaims(context: Context, c: Asked) {
  const { db } = context
  const claims = readClaims(c.req.queries('quoi') ?? [])
  const choice = readChoice(c.req.query('choix') ?? '')
  if (claims.length === 0) return page(context, c, messagesFor(languageOf(c)).restored.none)
  const { items } = await listClaims(db, { limit: CLAIMS_SHOWN })
  const chosen = new Set(claims.map(({ kind, subject }) => `${kind}:${subject}`))
  const named = items.filter(({ kind, subject }) => chosen.has(`${kind}:${subject}`))
  const texts = messagesFor(languageOf(c))
  return c.html(
    <ConfirmActionPage
      {...(await adminPropsFor(context, c))}
      from={paths.backups}
      action={paths.claims}
      fields={{
        choix: choice,
        quoi: claims.map(({ kind, subject }) => `${kind}:${subject}`).join(','),
      }}
      about={named.map((item) => claimTextOf(item, texts)).join('\n')}
      isGood={choice === 'remettre'}
      question={({ eraseClaims, putBack }) => {
        const texts = choice === 'effacer' ? eraseClaims : putBack
        return { ...texts, title: texts.title(claims.length) }
      }}
    />,
  )
}

async function settleClaims(context: Context, c: Asked) {
  const { db, now, config } = context
  const claims = readClaims(textOf(c.var.form, 'quoi').split(','))
  const decided = { claims, by: authorOf(c.var.admin) }
  if (readChoice(textOf(c.var.form, 'choix')) === 'remettre') await rejectClaims(db, decided, now())
  else {
    const { mediaIds } = await confirmClaims(db, decided, now())
    for (const mediaId of mediaIds) await deleteFilesOf({ db, config }, mediaId)
  }
  context.wake()
  return c.redirect(withFlash(paths.backups, 'done'), 303)
}

async function page(context: Context, c: Asked, message?: string) {
  const { db, config, now } = context
  const state = await findBackupState(db)
  const { items, total } = await listClaims(db, { limit: CLAIMS_SHOWN })
  return c.html(
    <BackupsPage
      {...(await adminPropsFor(context, c))}
      state={state}
      areDaily={config.backups.areDaily}
      places={
        1 +
        Number(config.backups.copyFolder !== undefined) +
        Number(config.backups.s3 !== undefined)
      }
      isLate={state !== undefined && isBackupLate(state, now())}
      held={await findHeld(db)}
      restoration={await findAnswers(context)}
      versions={await countOtherVersions(db)}
      claims={{
        items: items.map((item) => ({ ...item, value: `${item.kind}:${item.subject}` })),
        total,
        shown: await countShown(db),
        message,
      }}
      now={now()}
    />,
    message === undefined ? 200 : 422,
  )
}

/** Finds what directories answered in the last thirty days, or have not answered yet. */
async function findAnswers({ db, now }: Context) {
  const restoration = await findRestoration(db)
  if (!restoration) return undefined
  const isOld = restoration.at.until(now()).total('hours') > ANSWERS_SHOWN_HOURS
  const directories = restoration.directories.filter(({ state }) => !isOld || state === 'waiting')
  return isOld && directories.length === 0 ? undefined : { ...restoration, directories }
}

const readClaims = (values: readonly string[]): Claim[] =>
  values.slice(0, CLAIMS_SHOWN).flatMap((value) => {
    const [kind, subject = ''] = value.split(':')
    return kind === 'cafe' || kind === 'facilitator' ? [{ kind, subject }] : []
  })

function readChoice(text: string): 'effacer' | 'remettre' {
  if (text === 'effacer' || text === 'remettre') return text
  throw new DomainError('invalid', 'site.unreadable_form')
}
