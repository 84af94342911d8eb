import { Hono, type Context as HonoContext } from 'hono'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import { ReferentDashboardPage } from '../../../ui/referents/dashboard.tsx'
import {
  REASON_MAX,
  type ReferentDashboardPageProps,
} from '../../../ui/referents/dashboard-props.ts'
import { NoTerritoryPage, TerritoryJournalPage } from '../../../ui/referents/territory-journal.tsx'
import type { Context } from '../../context.ts'
import { readFollowAddress } from '../../domain/federation/follow-address.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { cleanText, LINE_MAX } from '../../formats/text/clean-text.ts'
import { findTerritory, type Territory } from '../../geo/territories.ts'
import { isWithin } from '../../geo/territory-chain.ts'
import { listJournal } from '../../store/accounts/acts.ts'
import { listFacilitators } from '../../store/facilitators/search.ts'
import {
  type Act,
  answerJoining,
  findWaiting,
  listAdviceOf,
  listAnnouncedUnder,
  moderateCafe,
  moderateDuplicate,
  saveAdviceByHost,
} from '../../store/referents/dashboard.ts'
import { saveMandateAct } from '../../store/referents/mandate-acts.ts'
import { findReferentSettings } from '../../store/referents/settings.ts'
import { listReportedWithin, moderateReport } from '../../store/referents/territory-reports.ts'
import { countCafes, searchCafes } from '../../store/search/search.ts'
import { countStructures, listStructures } from '../../store/structures/structures.ts'
import { countRequests, listRequests } from '../../store/territories/requests.ts'
import { readFlash } from '../http/flash.ts'
import { LONG_FORM_BYTES, limitBody, textOf } from '../http/forms.ts'
import { languageOf } from '../http/language.ts'
import { findSite } from '../http/site.ts'
import { labelOfTerritory, nameOfCode } from '../http/territory-links.ts'
import { signedInGate } from '../workspaces/access.ts'
import { listOtherWorkspaces } from '../workspaces/other-workspaces.ts'
import { type Mandate, needsMandate, type ReferentEnv, sessionOf, withMandates } from './access.ts'
import { territoryFlagRoutes } from './flags.tsx'

const SHOWN = { people: 50, cafes: 50, structures: 50, communes: 10, journal: 200, reports: 20 }

/** The administration of a referent: one territory, what waits there, and what they may do about it. */
export const referentDashboardRoutes = (context: Context) =>
  new Hono<ReferentEnv>()
    .use(async (c, next) => (context.isDirectory ? next() : c.notFound()))
    .use(limitBody(LONG_FORM_BYTES))
    .use(signedInGate(context))
    .use(withMandates(context))
    .use('/:code/*', needsMandate)
    .get('/', (c) => showFirst(context, c))
    .get('/:code', (c) => page(context, c, c.var.mandate))
    .get('/:code/journal', (c) => showJournal(context, c))
    .route('/', territoryFlagRoutes(context))
    .post(
      '/:code/cafes/:id/:decision{montrer|cacher}',
      act(context, (c, done) => judgeCafe(context, c, done)),
    )
    .post(
      '/:code/bilans/:id/:decision{montrer|cacher}',
      act(context, (c, done) => judgeReport(context, c, done)),
    )
    .post(
      '/:code/doublons',
      act(
        context,
        (c, done) => moderateDuplicate(context.db, done, idsOf(c), context.now()),
        (c) => idsOf(c).join(' '),
      ),
    )
    .post(
      '/:code/lieux/:id/:decision{recommander|accepter}',
      act(context, (c, done) => judgeJoining(context, c, done)),
    )
    .post(
      '/:code/recommander',
      act(context, (c, done) => recommend(context, c, done)),
    )
    .post('/:code/arreter', (c) => resign(context, c))

type Asked = HonoContext<ReferentEnv>

async function showFirst(context: Context, c: Asked) {
  const [first] = c.var.mandates
  if (first) return c.redirect(paths.referentDashboardOf(first.territory))
  const site = await findSite(context, c)
  return c.html(
    <NoTerritoryPage
      site={site}
      csrf={c.var.signedIn.csrf}
      workspaces={await otherWorkspaces(context, c)}
    />,
    403,
  )
}

async function showJournal(context: Context, c: Asked) {
  const { db } = context
  const { territory } = c.var.mandate
  const entries = await listJournal(db, {
    territories: [territory.code],
    limit: SHOWN.journal,
  })
  return c.html(
    <TerritoryJournalPage
      site={await findSite(context, c)}
      session={sessionOf(c, territory)}
      entries={entries.map((entry) => ({ ...entry, territory: nameOfCode(entry.territory) }))}
    />,
  )
}

function judgeCafe({ db, now }: Context, c: Asked, done: Act) {
  const { id = '', decision } = c.req.param() as { id?: string; decision?: string }
  return moderateCafe(db, done, { id, shown: decision === 'montrer' }, now())
}

function judgeReport({ db, now }: Context, c: Asked, done: Act) {
  const { id: cafeId = '', decision } = c.req.param() as { id?: string; decision?: string }
  const judged = { cafeId, addresses: partsOf(c), shown: decision === 'montrer' }
  return moderateReport(db, done, judged, now())
}

/** Returns the parts of a report that were chosen. */
const partsOf = (c: HonoContext<ReferentEnv>): string[] => c.var.form.getAll('part').map(String)

async function judgeJoining({ db, now }: Context, c: Asked, done: Act) {
  const { id = '', decision } = c.req.param() as { id?: string; decision?: string }
  const { joining } = await findReferentSettings(db)
  const admits = decision === 'accepter'
  // The page is older than the team's change of this setting.
  if (admits && joining !== 'admit') return false
  return answerJoining(db, done, { peerId: id, admits }, now())
}

/** Recommends a site by the address that was typed: a request does not say where its place is. */
async function recommend({ db, now }: Context, c: Asked, done: Act) {
  const typed = readFollowAddress(textOf(c.var.form, 'address'))?.address ?? ''
  const host = URL.canParse(typed) ? new URL(typed).host : ''
  if (!(await saveAdviceByHost(db, done, host, now())))
    throw new DomainError('not_found', 'referents.no_such_request')
  return true
}

async function resign(context: Context, c: Asked) {
  const { db, now } = context
  const { referent } = c.var.mandate
  const lang = languageOf(c)
  const text = messagesFor(lang).referentDashboard.resignLead
  const by = { kind: 'referent', name: '' } as const
  const resigning = { act: 'end', reason: 'resigned', said: { text, lang }, by } as const
  await saveMandateAct(db, referent.id, resigning, now())
  context.wake()
  return c.redirect(paths.referentDashboard, 303)
}

const otherWorkspaces = (context: Context, c: Asked) =>
  listOtherWorkspaces(context, {
    accountId: c.var.signedIn.account.id,
    from: 'territories',
    lang: languageOf(c),
  })

async function page(
  context: Context,
  c: Asked,
  { referent, territory }: Mandate,
  shown: Pick<ReferentDashboardPageProps, 'wrong'> = {},
) {
  const { db, now } = context
  return c.html(
    <ReferentDashboardPage
      site={await findSite(context, c)}
      session={sessionOf(c, territory)}
      until={referent.endsOn}
      others={c.var.mandates
        .filter(({ id }) => id !== referent.id)
        .map((one) => ({
          href: paths.referentDashboardOf(one.territory),
          label: nameOfCode(one.territory),
        }))}
      workspaces={await otherWorkspaces(context, c)}
      {...(await findWaiting(db, territory, now()))}
      advice={await listAdviceOf(db, referent.id)}
      joiningMay={(await findReferentSettings(db)).joining}
      announced={
        await listAnnouncedUnder(db, {
          territory: territory.code,
          now: now(),
          limit: SHOWN.cafes,
        })
      }
      {...(await findWhatIsThere(context, territory))}
      reported={await listReportedWithin(db, { territory, limit: SHOWN.reports })}
      isDone={c.req.query('fait') !== undefined}
      flash={readFlash(c)}
      {...shown}
    />,
    shown.wrong === undefined ? 200 : 422,
  )
}

/**
 * Makes the route of an act under a mandate, which needs a reason; without one the page is shown again. The work
 * returns whether the act was theirs to do.
 */
const act =
  (context: Context, work: (c: Asked, act: Act) => Promise<boolean>, key: Keyed = () => '') =>
  async (c: Asked) => {
    const { mandate } = c.var
    const reason = cleanText(textOf(c.var.form, 'reason'), LINE_MAX)
    if (reason === '' || reason.length > REASON_MAX)
      return page(context, c, mandate, {
        wrong: { form: `${c.req.path} ${key(c)}`.trim(), reason },
      })
    if (c.req.path.includes('/bilans/') && partsOf(c).length === 0)
      return page(context, c, mandate, { wrong: { form: c.req.path, reason, isNothing: true } })
    if (!(await work(c, { ...mandate, reason })))
      throw new DomainError('not_found', 'referents.not_your_territory')
    context.wake()
    return c.redirect(`${paths.referentDashboardOf(mandate.territory.code)}?fait`, 303)
  }

type Keyed = (c: HonoContext<ReferentEnv>) => string

const idsOf = (c: HonoContext<ReferentEnv>): [string, string] => [
  textOf(c.var.form, 'one'),
  textOf(c.var.form, 'other'),
]

async function findWhatIsThere({ db, now }: Context, territory: Territory) {
  const query = { from: now(), territory }
  const [{ items: cafes }, toCome, past, structures, structureTotal, requested, people] =
    await Promise.all([
      searchCafes(db, { ...query, openTo: 'all', limit: SHOWN.cafes, isBrief: true }),
      countCafes(db, { ...query, openTo: 'all' }),
      countCafes(db, { from: undefined, overBy: now(), territory, openTo: 'all', isHeld: true }),
      listStructures(db, { territory, now: now(), limit: SHOWN.structures }),
      countStructures(db, { territory }),
      listRequests(db, now()),
      // Only public profiles are listed: a mandate gives no access to others.
      listFacilitators(db, { audience: 'public', now: now(), territory, limit: SHOWN.people }),
    ])
  const communes = requested.flatMap(({ codeInsee, total }) => {
    const commune = findTerritory(`c-${codeInsee}`)
    if (commune?.kind !== 'commune' || !isWithin(territory, commune.commune)) return []
    return [{ label: labelOfTerritory(commune), total }]
  })
  return {
    cafes,
    toCome,
    past,
    structures: structures.items.map(({ id, name, toCome, held }) => ({
      name,
      href: paths.structure(id),
      toCome,
      held,
    })),
    structureTotal,
    people: people.facilitators.map(({ name, url }) => ({ name, href: url })),
    peopleTotal: people.total,
    requests: {
      total: await countRequests(db, territory, now()),
      communes: communes.slice(0, SHOWN.communes),
    },
  }
}
