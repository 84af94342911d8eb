import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import { AdminReferentsPage, type ProposalForm } from '../../../ui/referents/admin-list.tsx'
import { JournalPage } from '../../../ui/referents/admin-mandate.tsx'
import type { Context } from '../../context.ts'
import { pageByDomain } from '../../domain/federation/domain-page.ts'
import { MANDATE_DAYS, REFERENT_STATES, ReferentSettings } from '../../domain/referents/referent.ts'
import { listInhabited } from '../../geo/territory-family.ts'
import { listJournal } from '../../store/accounts/acts.ts'
import { inTransaction } from '../../store/database/database.ts'
import { quotaDomainOf } from '../../store/database/quota-domain.ts'
import {
  findReferent,
  insertReferent,
  listInOffice,
  listReferents,
  todayIn,
} from '../../store/referents/referents.ts'
import { findReferentSettings, saveReferentSettings } from '../../store/referents/settings.ts'
import { textOf, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readPage } from '../http/read-page.ts'
import { findSite } from '../http/site.ts'
import { nameOfCode } from '../http/territory-links.ts'
import { needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { adminMandateRoutes, answerDone, withLabel, wrongWords } from './admin-mandate.tsx'
import { readMandateDays, readProposedReferent } from './form.ts'
import { createMandateMails } from './mandate-mails.ts'
import { NO_FORM, proposeReferentRoutes } from './propose.tsx'

const JOURNAL_SHOWN = 200

/** The pages of referents: the team proposes, appoints, renews and ends; a place proposes to its directory. */
export function adminReferentRoutes(context: Context) {
  return new Hono<WebEnv>()
    .use(needsAdministrator)
    .route('/', context.isDirectory ? directoryRoutes(context) : proposeReferentRoutes(context))
}

const directoryRoutes = (context: Context) =>
  new Hono<WebEnv>()
    .get('/', (c) => listPage(context, c))
    .post('/', (c) => propose(context, c))
    // No referent has the id `reglages`.
    .get('/reglages', (c) => c.redirect(paths.adminReferents, 303))
    .post('/reglages', (c) => saveSettings(context, c))
    .get('/journal', (c) => showJournal(context, c))
    .route('/', adminMandateRoutes(context))

type Asked = HonoContext<WebEnv>

async function propose(context: Context, c: Asked) {
  const { now, db } = context
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
  if (messages.length > 0 || !read.territory) return listPage(context, c, { ...again, messages })
  const { code: territory } = read.territory
  const site = await findSite(context, c)
  const proposedBy = admin.account.name || site.name
  const id = await inTransaction(db, async (trx) => {
    const { name, word, email } = read.person
    const who = { territory, name, word, email, proposedBy }
    const proposal = { ...who, startsOn, endsOn }
    const made = await insertReferent(trx, proposal, now())
    const referent = made === undefined ? undefined : await findReferent(trx, made)
    if (referent)
      await createMandateMails(context).mailLink(trx, referent, {
        purpose: 'mandate',
        siteName: site.name,
      })
    return made
  })
  if (id === undefined)
    return listPage(context, c, { ...again, messages: [{ name: 'email', message: texts.taken }] })
  return answerDone(context, c, paths.adminReferent(id))
}

async function saveSettings(context: Context, c: Asked) {
  const { db } = context
  const { form } = c.var
  const read = ReferentSettings.safeParse({
    silentDays: Number(textOf(form, 'silentDays')),
    joining: textOf(form, 'joining'),
  })
  if (!read.success) {
    const messages = [{ name: 'silentDays', message: wrongWords(c).silentDays }]
    return listPage(context, c, {
      values: { ...newForm(context).values, ...valuesOf(form) },
      messages,
    })
  }
  await saveReferentSettings(db, read.data)
  return answerDone(context, c, paths.adminReferents)
}

async function showJournal(context: Context, c: Asked) {
  const { db } = context
  const entries = await listJournal(db, { limit: JOURNAL_SHOWN })
  return c.html(
    <JournalPage
      {...(await adminPropsFor(context, c))}
      entries={entries.map((entry) => ({ ...entry, territory: nameOfCode(entry.territory) }))}
    />,
  )
}

/** The values of a new form: a year from today, as for most mandates. */
function newForm({ now }: Context): ProposalForm {
  const today = now().toZonedDateTimeISO('Europe/Paris').toPlainDate()
  const endsOn = today.add({ days: MANDATE_DAYS.usual })
  const days = { startsOn: today.toString(), endsOn: endsOn.toString() }
  return { ...NO_FORM, values: { ...NO_FORM.values, ...days } }
}

async function listPage(context: Context, c: Asked, form: ProposalForm = newForm(context)) {
  const { db, config } = context
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
      vacant={await listVacant(context)}
      settings={await findReferentSettings(db)}
      form={form}
    />,
    form.messages.length > 0 ? 422 : 200,
  )
}

/** Lists the codes of the inhabited départements that have no referent of their own. */
async function listVacant({ db, now }: Context): Promise<string[]> {
  const held = new Set((await listInOffice(db, now())).map(({ territory }) => territory))
  const all = listInhabited().flatMap(({ departements }) => departements)
  return all.map(({ code }) => code).filter((code) => !held.has(code))
}
