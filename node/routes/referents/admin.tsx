import { Hono, type Context as HonoContext } from 'hono'
import type { FlashKey } from '../../../ui/admin/layout.tsx'
import type { MailDraft } from '../../../ui/admin/mail-templates.ts'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import {
  AdminReferentsPage,
  type ProposalForm,
  ProposeReferentPage,
} from '../../../ui/referents/admin-list.tsx'
import {
  AdminReferentPage,
  type AdminReferentPageProps,
  JournalPage,
} from '../../../ui/referents/admin-mandate.tsx'
import {
  appointedMail,
  askReferentMail,
  endedMail,
  extensionMail,
} from '../../../ui/referents/mails.ts'
import type { Context } from '../../context.ts'
import { pageByDomain } from '../../domain/federation/domain-page.ts'
import {
  MANDATE_DAYS,
  REFERENT_STATES,
  type Referent,
  ReferentSettings,
} from '../../domain/referents/referent.ts'
import { plainDate } from '../../domain/values/date-text.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { LINK_MINUTES } from '../../domain/values/link.ts'
import { listInhabited } from '../../geo/territory-family.ts'
import { insertLinkTo } from '../../store/accounts/links.ts'
import { type Database, inTransaction } from '../../store/database/database.ts'
import { quotaDomainOf } from '../../store/database/quota-domain.ts'
import { listJoinedDirectories } from '../../store/facilitators/recipients.ts'
import { appendChange } from '../../store/queues/changes.ts'
import { appendMail } from '../../store/queues/mails.ts'
import type { ReferentLinkPurpose } from '../../store/referents/accounts.ts'
import {
  appointReferent,
  isSameDays,
  proposeMandateDays,
} from '../../store/referents/appointments.ts'
import { listAttestationUris } from '../../store/referents/attestations.ts'
import { listConsents } from '../../store/referents/consents.ts'
import { listJournal } from '../../store/referents/journal.ts'
import {
  endReferent,
  findReferent,
  insertReferent,
  listInOffice,
  listReferents,
  todayIn,
  withdrawProposal,
} from '../../store/referents/referents.ts'
import { findReferentSettings, saveReferentSettings } from '../../store/referents/settings.ts'
import { withFlash } from '../http/flash.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readPage } from '../http/read-page.ts'
import { findSite } from '../http/site.ts'
import { nameOfCode } from '../http/territory-links.ts'
import { assertAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { readMandateDays, readProposedReferent } from './form.ts'

const JOURNAL_SHOWN = 200
/** Hours for which a mail with a person's own link is kept while a relay is down. */
const MAIL_HOURS = 7 * 24

const NO_FORM: ProposalForm = { values: { word: 'neutre' }, messages: [] }

/** The pages of referents: the team proposes, appoints, renews and ends; a place proposes to its directory. */
export function adminReferentRoutes(context: Context) {
  return new Hono<WebEnv>()
    .use(async (c, next) => {
      assertAdministrator(c.var.admin)
      await next()
    })
    .route('/', context.isDirectory ? directoryRoutes(context) : structureAdminRoutes(context))
}

function structureAdminRoutes(context: Context) {
  const { db, now } = context

  /** Lists the directories that admitted this place, by the address of the account that it follows. */
  const listDirectories = async (): Promise<{ uri: string; host: string }[]> =>
    (await listJoinedDirectories(db)).map(({ uri }) => ({ uri, host: new URL(uri).host }))

  async function page(c: HonoContext<WebEnv>, form: ProposalForm) {
    return c.html(
      <ProposeReferentPage
        {...(await adminPropsFor(context, c))}
        form={form}
        directories={await listDirectories()}
      />,
      form.messages.length > 0 ? 422 : 200,
    )
  }

  return new Hono<WebEnv>()
    .get('/', (c) => page(c, NO_FORM))
    .post('/', async (c) => {
      const { form } = c.var
      const texts = messagesFor(languageOf(c)).referentAdmin.wrong
      const read = readProposedReferent(form, { texts, lang: languageOf(c), emailRequired: true })
      const directories = await listDirectories()
      const chosen = textOf(form, 'directory')
      const target =
        directories.length > 1 ? directories.find(({ uri }) => uri === chosen) : directories[0]
      const messages = [
        ...read.messages,
        ...(target ? [] : [{ name: 'directory', message: texts.directory }]),
        ...(form.has('agreed') ? [] : [{ name: 'agreed', message: texts.agreed }]),
      ]
      const { name, word, email } = read.person
      if (messages.length > 0 || !read.territory || email === undefined || !target)
        return page(c, { values: valuesOf(form), messages, choices: read.choices })
      const proposal = { territory: read.territory.code, name, word, email }
      const change = { type: 'referent-proposed', proposal, target: target.uri } as const
      await inTransaction(db, (trx) => appendChange(trx, change, now()))
      context.wake()
      return c.redirect(withFlash(paths.adminReferents, 'requested'), 303)
    })
}

function directoryRoutes(context: Context) {
  const { db, config, now } = context

  /** The values of a new form: a year from today, as for most mandates. */
  function newForm(): ProposalForm {
    const today = now().toZonedDateTimeISO('Europe/Paris').toPlainDate()
    const endsOn = today.add({ days: MANDATE_DAYS.usual })
    const days = { startsOn: today.toString(), endsOn: endsOn.toString() }
    return { ...NO_FORM, values: { ...NO_FORM.values, ...days } }
  }

  async function listPage(c: HonoContext<WebEnv>, form: ProposalForm = newForm()) {
    const referents = (await listReferents(db, REFERENT_STATES)).map(withLabel)
    const ownDomain = quotaDomainOf(new URL(config.origin).host)
    return c.html(
      <AdminReferentsPage
        {...(await adminPropsFor(context, c))}
        referents={referents}
        proposed={pageByDomain(
          referents.filter(({ state }) => state === 'proposed'),
          {
            domainOf: ({ proposedDomain = ownDomain }) => proposedDomain,
            page: readPage(c.req.query('propositions')),
            domain: c.req.query('domaine')?.slice(0, 300) || undefined,
          },
        )}
        vacant={await countVacant(context)}
        settings={await findReferentSettings(db)}
        form={form}
      />,
      form.messages.length > 0 ? 422 : 200,
    )
  }

  async function onePage(
    c: HonoContext<WebEnv>,
    referent: Referent,
    shown: Partial<Pick<AdminReferentPageProps, 'messages' | 'newLink' | 'values'>> = {},
  ) {
    const { id, startsOn, endsOn } = referent
    return c.html(
      <AdminReferentPage
        {...(await adminPropsFor(context, c))}
        referent={withLabel(referent)}
        consents={await listConsents(db, id)}
        attestationHref={(await listAttestationUris(db, [id])).get(id)}
        messages={[]}
        values={{ startsOn: startsOn.toString(), endsOn: endsOn.toString() }}
        mailWorks={config.mail !== undefined}
        now={now()}
        {...shown}
      />,
      shown.messages?.length ? 422 : 200,
    )
  }

  async function referentOf(c: HonoContext<WebEnv>): Promise<Referent> {
    const referent = await findReferent(db, c.req.param('id') ?? '')
    if (!referent) throw new DomainError('not_found', 'referents.person_gone')
    return referent
  }

  const done = (c: HonoContext<WebEnv>, path: string, flash: FlashKey = 'done') => {
    context.wake()
    return c.redirect(withFlash(path, flash), 303)
  }

  /** The parameters of mails about a mandate. */
  const about = (referent: Referent, siteName: string) => ({
    referent,
    territory: nameOfCode(referent.territory),
    siteName,
    origin: config.origin,
  })

  async function sendMail(trx: Database, { id, email }: Referent, mail: MailDraft): Promise<void> {
    if (!config.mail || email === undefined) return
    const expiresAt = now().add({ hours: MAIL_HOURS })
    await appendMail(trx, { to: email, ...mail, about: id, expiresAt }, now())
  }

  /**
   * Asks a person, by their link, for other days than those to which they agreed; nothing changes before they agree.
   */
  async function askFor(
    referent: Referent,
    { days, siteName }: { days: Pick<Referent, 'startsOn' | 'endsOn'>; siteName: string },
  ): Promise<void> {
    const draft = referent.state === 'appointed' ? extensionMail : askReferentMail
    await inTransaction(db, async (trx) => {
      if (!(await proposeMandateDays(trx, { id: referent.id, ...days }))) return
      await sendMail(trx, referent, draft(about({ ...referent, ...days }, siteName)))
    })
  }

  const askedFlash = ({ email }: Referent): FlashKey =>
    config.mail && email !== undefined ? 'requested' : 'done'

  /** Queues a mail with a link, which is made when the mail is sent. */
  async function mailLink(
    trx: Database,
    referent: Referent,
    { purpose, siteName }: { purpose: ReferentLinkPurpose; siteName: string },
  ): Promise<void> {
    if (!config.mail || referent.email === undefined) return
    const draft = purpose === 'mandate' ? askReferentMail : appointedMail
    await sendMail(trx, referent, draft(about(referent, siteName)))
  }

  const wrongWords = (c: HonoContext<WebEnv>) => messagesFor(languageOf(c)).referentAdmin.wrong

  return (
    new Hono<WebEnv>()
      .get('/', (c) => listPage(c))
      .post('/', async (c) => {
        const { form, admin } = c.var
        const texts = wrongWords(c)
        const read = readProposedReferent(form, {
          texts,
          lang: languageOf(c),
          emailRequired: false,
        })
        const today = todayIn(read.territory?.code ?? '', now())
        const { startsOn, endsOn, messages: wrongDays } = readMandateDays(form, { today, texts })
        const messages = [...read.messages, ...wrongDays]
        const again = { values: valuesOf(form), choices: read.choices }
        if (messages.length > 0 || !read.territory) return listPage(c, { ...again, messages })
        const { code: territory } = read.territory
        const site = await findSite(context, c)
        const proposedBy = admin.account.name || site.name
        const id = await inTransaction(db, async (trx) => {
          const { name, word, email } = read.person
          const who = { territory, name, word, email, proposedBy }
          const proposal = { ...who, startsOn, endsOn }
          const made = await insertReferent(trx, proposal, now())
          const referent = made === undefined ? undefined : await findReferent(trx, made)
          if (referent) await mailLink(trx, referent, { purpose: 'mandate', siteName: site.name })
          return made
        })
        if (id === undefined)
          return listPage(c, { ...again, messages: [{ name: 'email', message: texts.taken }] })
        return done(c, paths.adminReferent(id))
      })
      // No referent has the id `reglages`.
      .get('/reglages', (c) => c.redirect(paths.adminReferents, 303))
      .post('/reglages', async (c) => {
        const { form } = c.var
        const read = ReferentSettings.safeParse({
          silentDays: Number(textOf(form, 'silentDays')),
          joining: textOf(form, 'joining'),
        })
        if (!read.success) {
          const messages = [{ name: 'silentDays', message: wrongWords(c).silentDays }]
          return listPage(c, { values: { ...newForm().values, ...valuesOf(form) }, messages })
        }
        await saveReferentSettings(db, read.data)
        return done(c, paths.adminReferents)
      })
      .get('/journal', async (c) => {
        const entries = await listJournal(db, { limit: JOURNAL_SHOWN })
        return c.html(
          <JournalPage
            {...(await adminPropsFor(context, c))}
            entries={entries.map((entry) => ({ ...entry, territory: nameOfCode(entry.territory) }))}
          />,
        )
      })
      .get('/:id', async (c) => onePage(c, await referentOf(c)))
      .post('/:id/nommer', async (c) => {
        const referent = await referentOf(c)
        const today = todayIn(referent.territory, now())
        const read = readMandateDays(c.var.form, { today, texts: wrongWords(c) })
        if (read.messages.length > 0) return onePage(c, referent, refusedDays(c, read.messages))
        const { id } = referent
        const site = await findSite(context, c)
        if (!isSameDays(referent, read)) {
          await askFor(referent, { days: read, siteName: site.name })
          return done(c, paths.adminReferent(id), askedFlash(referent))
        }
        await inTransaction(db, async (trx) => {
          if (!(await appointReferent(trx, id, now()))) return
          const appointed = await findReferent(trx, id)
          if (appointed)
            await mailLink(trx, appointed, { purpose: 'referent-access', siteName: site.name })
        })
        return done(c, paths.adminReferent(id))
      })
      .post('/:id/prolonger', async (c) => {
        const referent = await referentOf(c)
        const { id, startsOn } = referent
        const today = todayIn(referent.territory, now())
        const read = readMandateDays(c.var.form, { today, texts: wrongWords(c), startsOn })
        if (read.messages.length > 0) return onePage(c, referent, refusedDays(c, read.messages))
        const site = await findSite(context, c)
        if (!isSameDays(referent, read)) await askFor(referent, { days: read, siteName: site.name })
        return done(c, paths.adminReferent(id), askedFlash(referent))
      })
      .post('/:id/terminer', async (c) => {
        const referent = await referentOf(c)
        const site = await findSite(context, c)
        await inTransaction(db, async (trx) => {
          const isEnded = await endReferent(trx, { id: referent.id, reason: 'ended' }, now())
          if (isEnded) await sendMail(trx, referent, endedMail(about(referent, site.name)))
        })
        return done(c, paths.adminReferent(referent.id))
      })
      .post('/:id/retirer', async (c) => {
        await withdrawProposal(db, (await referentOf(c)).id)
        return done(c, paths.adminReferents)
      })
      .post('/:id/lien', async (c) => {
        const referent = await referentOf(c)
        const { id, state, accountId } = referent
        const mayEnter = state === 'appointed' && accountId === undefined
        const purpose =
          mayEnter && textOf(c.var.form, 'link') !== 'person' ? 'referent-access' : 'mandate'
        if (textOf(c.var.form, 'way') === 'courriel') {
          const site = await findSite(context, c)
          await inTransaction(db, (trx) =>
            mailLink(trx, referent, { purpose, siteName: site.name }),
          )
          return done(c, paths.adminReferent(id), 'requested')
        }
        const access = now().add({ minutes: LINK_MINUTES['referent-access'] })
        const expiresAt = purpose === 'mandate' ? undefined : access
        const link = { purpose, subject: id, expiresAt, isFilledIn: true } as const
        const token = await insertLinkTo(db, link, now())
        const path = purpose === 'mandate' ? paths.mandate(token) : paths.referentAccess(token)
        // The link is shown in this answer alone: no address leads to it again.
        return onePage(c, referent, {
          newLink: {
            href: config.origin + path,
            purpose: purpose === 'mandate' ? 'person' : 'access',
            until: expiresAt && plainDate(todayIn(referent.territory, expiresAt), languageOf(c)),
          },
        })
      })
  )
}

const withLabel = (referent: Referent) => ({ ...referent, label: nameOfCode(referent.territory) })

const refusedDays = (
  c: HonoContext<WebEnv>,
  messages: AdminReferentPageProps['messages'],
): Pick<AdminReferentPageProps, 'messages' | 'values'> => ({
  messages,
  values: { startsOn: textOf(c.var.form, 'startsOn'), endsOn: textOf(c.var.form, 'endsOn') },
})

/** Counts the inhabited départements that have no referent of their own. */
async function countVacant({ db, now }: Context): Promise<number> {
  const held = new Set((await listInOffice(db, now())).map(({ territory }) => territory))
  const all = listInhabited().flatMap(({ departements }) => departements)
  return all.filter(({ code }) => !held.has(code)).length
}
