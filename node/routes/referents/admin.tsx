import { Hono, type Context as HonoContext } from 'hono'
import { paths } from '../../../ui/paths.ts'
import {
  AdminReferentsPage,
  type ProposalForm,
  REFERENT_STATE_NAMES,
  type ReferentListState,
} from '../../../ui/referents/admin-list.tsx'
import { JournalPage } from '../../../ui/referents/admin-mandate.tsx'
import {
  REFERENT_SETTINGS_FIELDS,
  valuesOfReferentSettings,
} from '../../../ui/referents/settings-form.tsx'
import type { Context } from '../../context.ts'
import { pageByDomain } from '../../domain/federation/domain-page.ts'
import {
  MANDATE_DAYS,
  REFERENT_STATES,
  type Referent,
  ReferentSettings,
} from '../../domain/referents/referent.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { listInhabited } from '../../geo/territory-family.ts'
import { countActs, listJournal } from '../../store/accounts/acts.ts'
import { inTransaction } from '../../store/database/database.ts'
import { pageOf, placePage } from '../../store/database/list-page.ts'
import { quotaDomainOf } from '../../store/database/quota-domain.ts'
import { logMandateAct } from '../../store/referents/mandate-acts.ts'
import {
  findReferent,
  insertReferent,
  listInOffice,
  listReferents,
  todayIn,
} from '../../store/referents/referents.ts'
import { findReferentSettings, REFERENT_SETTINGS } from '../../store/referents/settings.ts'
import { hasWords, searchWords } from '../../store/search-index/fold-words.ts'
import { type EditedForm, editedFormOf, saveEditedForm } from '../accounts/edited-form.tsx'
import { withShown } from '../accounts/reconciled-form.ts'
import { readFields, valuesOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { readListQuery, readPage } from '../http/read-page.ts'
import { findSite } from '../http/site.ts'
import { nameOfCode } from '../http/territory-links.ts'
import { authorOf, needsAdministrator, type WebEnv } from '../workspaces/access.ts'
import { adminPropsFor } from '../workspaces/admin-props.ts'
import { adminMandateRoutes, answerDone, withLabel, wrongWords } from './admin-mandate.tsx'
import { readMandateDays, readProposedReferent } from './form.ts'
import { createMandateMails } from './mandate-mails.ts'
import { NO_FORM, proposeReferentRoutes } from './propose.tsx'

const JOURNAL_SHOWN = 50
const PAGE_SIZE = 50

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
    if (referent) {
      const by = authorOf(admin)
      await logMandateAct(trx, { act: 'mandate-proposed', by, mandate: referent }, now())
      await createMandateMails(context).mailLink(trx, referent, {
        purpose: 'mandate',
        siteName: site.name,
      })
    }
    return made
  })
  if (id === undefined)
    return listPage(context, c, { ...again, messages: [{ name: 'email', message: texts.taken }] })
  return answerDone(context, c, paths.adminReferent(id))
}

async function saveSettings(context: Context, c: Asked) {
  const saved = await saveEditedForm(c, context, SETTINGS, {
    ...{ noun: REFERENT_SETTINGS, valuesOf: valuesOfReferentSettings },
    decide: () => {
      const { form } = c.var
      const read = ReferentSettings.safeParse(readFields(form, REFERENT_SETTINGS_FIELDS))
      if (read.success) return read.data
      const messages = [{ name: 'silentDays', message: wrongWords(c).silentDays }]
      const values = { ...newForm(context).values, ...valuesOf(form) }
      return listPage(context, c, { values, messages })
    },
  })
  return saved instanceof Response ? saved : answerDone(context, c, paths.adminReferents)
}

const SETTINGS: EditedForm = {
  ...{ subject: { type: 'settings', id: 'referents' }, action: paths.referentSettings },
  page: paths.adminReferents,
  ...editedFormOf(REFERENT_SETTINGS_FIELDS, (t) => t.referentAdmin.field),
}

async function showJournal(context: Context, c: Asked) {
  const { db } = context
  const asked = { page: readPage(c.req.query('page')), size: JOURNAL_SHOWN }
  const { offset, ...placed } = placePage(await countActs(db, 'journal'), asked)
  const entries = await listJournal(db, { limit: JOURNAL_SHOWN, offset })
  return c.html(
    <JournalPage
      {...(await adminPropsFor(context, c))}
      found={{
        ...placed,
        rows: entries.map((entry) => ({ ...entry, territory: nameOfCode(entry.territory) })),
      }}
    />,
  )
}

/** The values of a new form: a year from today, as for most mandates. */
function newForm({ now }: Context): ProposalForm {
  const today = dayInParis(now())
  const endsOn = today.add({ days: MANDATE_DAYS.usual })
  const days = { startsOn: today.toString(), endsOn: endsOn.toString() }
  return { ...NO_FORM, values: { ...NO_FORM.values, ...days } }
}

async function listPage(context: Context, c: Asked, form: ProposalForm = newForm(context)) {
  const { db } = context
  return c.html(
    <AdminReferentsPage
      {...(await adminPropsFor(context, c))}
      {...(await findReferents(context, c))}
      vacant={await listVacant(context)}
      settings={withShown(valuesOfReferentSettings(await findReferentSettings(db)))}
      form={form}
    />,
    form.messages.length > 0 ? 422 : 200,
  )
}

const IS_IN: Record<ReferentListState, (referent: Referent) => boolean> = {
  waiting: ({ state }) => state === 'consented',
  proposed: ({ state }) => state === 'proposed',
  inOffice: ({ state }) => state === 'appointed',
  silent: ({ state, escalatedAt }) => state === 'appointed' && escalatedAt !== undefined,
  past: ({ state }) => state === 'declined' || state === 'ended',
}

/** Finds what the list shows for an address: those to appoint while there are any, else those in office. */
async function findReferents({ db, config }: Context, c: Asked) {
  const all = (await listReferents(db, REFERENT_STATES)).map(withLabel)
  const count = (state: ReferentListState) => all.filter(IS_IN[state]).length
  const counts = {
    ...{ waiting: count('waiting'), proposed: count('proposed'), inOffice: count('inOffice') },
    ...{ silent: count('silent'), past: count('past') },
  }
  const first = (['waiting', 'inOffice', 'proposed'] as const).find((state) => counts[state] > 0)
  const { page, ...query } = readListQuery(c, REFERENT_STATE_NAMES, first ?? 'inOffice')
  const words = searchWords(query.words)
  const wanted = all
    .filter(IS_IN[query.state])
    .filter(({ name, label }) => hasWords(`${name} ${label}`, words))
  if (query.state !== 'proposed') {
    const found = pageOf(wanted, { page, size: PAGE_SIZE })
    return { query, counts, found, proposed: undefined }
  }
  const ownDomain = quotaDomainOf(new URL(config.origin).host)
  const domain = c.req.query('domaine')?.slice(0, 300) || undefined
  const domainOf = ({ proposedDomain = ownDomain }: Referent) => proposedDomain
  return {
    ...{ query, counts },
    found: { rows: [], total: wanted.length, page: 1, pages: 1 },
    proposed: pageByDomain(wanted, { domainOf, page, domain }),
  }
}

/** Lists the codes of the inhabited départements that have no referent of their own. */
async function listVacant({ db, now }: Context): Promise<string[]> {
  const held = new Set((await listInOffice(db, now())).map(({ territory }) => territory))
  const all = listInhabited().flatMap(({ departements }) => departements)
  return all.map(({ code }) => code).filter((code) => !held.has(code))
}
