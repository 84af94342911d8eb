import { ADMIN_LIST_NAMES } from '../../../ui/cafes/admin-list.tsx'
import { SITE_STATE_NAMES } from '../../../ui/directory/sites.tsx'
import { CASE_STATE_NAMES } from '../../../ui/flags/cases-page.tsx'
import { messagesFor } from '../../../ui/locales/messages.ts'
import { paths } from '../../../ui/paths.ts'
import type { ToDo } from '../../../ui/site/to-do.tsx'
import type { Context } from '../../context.ts'
import { isBackupLate } from '../../domain/backup/backup-state.ts'
import type { AdminListState } from '../../domain/cafes/admin-list.ts'
import type { Cafe } from '../../domain/cafes/cafe.ts'
import { awaitsConfirmation } from '../../domain/cafes/status-change.ts'
import { readPart } from '../../domain/federation/hidden-object.ts'
import type { Trouble } from '../../domain/monitoring/trouble.ts'
import type { Lang } from '../../domain/values/lang.ts'
import { listUnreadAnswers } from '../../store/agreements/invitation-answers.ts'
import { findBackupState } from '../../store/backup/backup-state.ts'
import { listClaims } from '../../store/backup/claimed-erasures.ts'
import { countOtherVersions } from '../../store/backup/other-versions.ts'
import { findRestoration, isUnanswered } from '../../store/backup/restoration.ts'
import { findHeldUpCafes, listUnconfirmedCafes } from '../../store/cafes/admin-list.ts'
import { listSuspected } from '../../store/cafes/duplicate-pairs.ts'
import { listAsked } from '../../store/cafes/import-snapshots.ts'
import { countHeldCafes } from '../../store/cafes/moderated-cafes.ts'
import { countChanges, findBlockList } from '../../store/directory/block-list.ts'
import {
  hidingIdOf,
  listHiddenElsewhere,
  listHiddenProfiles,
} from '../../store/directory/hidden-elsewhere.ts'
import { listJoinings } from '../../store/directory/joinings.ts'
import { listRecoveries } from '../../store/directory/recoveries.ts'
import { findCutOffSince } from '../../store/directory/unreachable-peers.ts'
import { listOwnFacilitators } from '../../store/facilitators/own-profiles.ts'
import { countStamps } from '../../store/feeds/stamps.ts'
import { countCases } from '../../store/flags/cases.ts'
import { countAwaited } from '../../store/networks/memberships.ts'
import { listNetworks } from '../../store/networks/networks.ts'
import { listFailedDeliveries } from '../../store/queues/failed-deliveries.ts'
import { isHeld } from '../../store/queues/held.ts'
import { countFailingMails } from '../../store/queues/team-mails.ts'
import { countProposals } from '../../store/referents/mandates.ts'
import { findPartText } from '../../store/reports/hidden-parts.ts'
import { findMissingReports } from '../../store/reports/missing-reports.ts'
import { countUncountedReports } from '../../store/reports/uncounted-reports.ts'
import { countSites } from '../../store/structures/sites.ts'
import { isSiteStructure } from '../../store/structures/workspaces.ts'
import { countSuggested, listSuggested } from '../../store/suggestions/suggestions.ts'
import { findLastNewsletter } from '../../store/territories/newsletters.ts'
import { countUnseenCommunes } from '../../store/territories/requests.ts'
import { countStoppedWebhooks } from '../../store/webhooks/stopped-webhooks.ts'
import { countFailingCalendars } from '../cafes/calendar-states.ts'
import { findSiteState } from '../http/site-state.ts'
import { NEWSLETTER_DAYS } from '../territories/newsletter-data.ts'
import type { Admin } from '../workspaces/access.ts'
import { findLegalGaps } from '../workspaces/legal-minimum.ts'
import { structureUriOf } from '../workspaces/organizer.ts'

/** The workspace whose list it is: that of a structure, for one role in its team. */
type Workspace = Pick<Admin, 'role'> & { organization: { id: string } }

/** The maximum number of questions about cafés that are shown; the others are answered in their list. */
const MOST_QUESTIONS = 3
/** The maximum number of hidden things that are shown: there are few, and each has a reason of its own to be read. */
const MOST_HIDDEN = 10

/**
 * Finds everything that waits for this person, from every source, the most urgent first. « Rien n’attend » is shown
 * where this is empty, and nowhere else. What only administrators may answer is listed for them alone, and what is of
 * the whole site for those of the site alone.
 */
export async function findToDo(context: Context, admin: Workspace, lang: Lang): Promise<ToDo[]> {
  const isSite = await isSiteStructure(context.db, admin.organization.id)
  const forEveryone = [
    isSite ? await findLegalToDo(context) : [],
    await findConfirmations(context, admin),
    await findHiddenToDo(context, admin, lang),
    [...(await findReportsToDo(context, admin, lang)), ...(await findHeldUp(context, admin, lang))],
  ]
  if (admin.role !== 'administrator') return forEveryone.flat()
  const [legal = [], confirmations = [], hidden = [], heldUp = []] = forEveryone
  if (!isSite)
    return [...confirmations, ...hidden, ...(await findNewcomersToDo(context, admin)), ...heldUp]
  return [
    ...legal,
    ...(await findBackupToDo(context)),
    ...(await findSiteToDo(context)),
    ...confirmations,
    ...hidden,
    ...(await findFlagToDo(context)),
    ...(await findNetworkToDo(context, admin)),
    ...(await findPeopleToDo(context, admin)),
    ...(context.isDirectory ? await findDirectoryToDo(context, lang) : []),
    ...heldUp,
  ]
}

type Counted = Exclude<ToDo, { kind: 'confirm' | 'legal' }>

/** Returns an entry for a count; none where the count is zero. */
const counted = (kind: Counted['kind'], count: number, href: string, name?: string): Counted[] =>
  count > 0 ? [{ kind, count, href, name }] : []

/** Adds the address to which a button of the row posts. */
const endedBy = (end: string, items: Counted[]): Counted[] =>
  items.map((item) => ({ ...item, end }))

const listHref = (state: AdminListState) => `${paths.adminCafes}?etat=${ADMIN_LIST_NAMES[state]}`

async function findLegalToDo(context: Context): Promise<ToDo[]> {
  const gaps = await findLegalGaps(context)
  return gaps.length > 0 ? [{ kind: 'legal', gaps }] : []
}

async function findConfirmations(
  { db, now }: Context,
  { organization }: Workspace,
): Promise<ToDo[]> {
  const found = await listUnconfirmedCafes(db, { organizationId: organization.id, now: now() })
  const cafes = found.filter((cafe) => awaitsConfirmation(cafe, now()))
  const asked = cafes.slice(0, MOST_QUESTIONS)
  return [
    ...asked.map((cafe): ToDo => ({ kind: 'confirm', cafe })),
    ...counted('moreToConfirm', cafes.length - asked.length, listHref('upcoming')),
  ]
}

/** Lists what of this structure a directory no longer shows, each with its reason. */
async function findHiddenToDo(
  { db, now }: Context,
  { organization }: Workspace,
  lang: Lang,
): Promise<ToDo[]> {
  const { answers } = messagesFor(lang).admin.home
  const about = { organizationId: organization.id, now: now() }
  const cafes = await listHiddenElsewhere(db, about)
  const profiles = await listHiddenProfiles(db, about)
  return [
    ...(await Promise.all(
      cafes.slice(0, MOST_HIDDEN).map(async (hidden) => ({
        ...{ id: hidingIdOf(hidden), hidden },
        name: answers.ofCafe(hidden, await findPartText(db, hidden)),
      })),
    )),
    ...profiles.map((hidden) => ({
      id: hidden.facilitatorId ?? hidden.resourceId ?? organization.id,
      ...{ name: answers.ofOther(hidden), hidden },
    })),
  ]
    .slice(0, MOST_HIDDEN)
    .map(({ id, name, hidden: { directory, directoryUri, reason } }) => ({
      ...{ kind: 'hiddenElsewhere', count: 1, name, by: directory, reason },
      href: paths.appealHidingOf(id, directoryUri),
      end: paths.hidingSeen(readPart(id)?.of ?? id),
    }))
}

/** Finds the cafés that took place and of which nobody has said how many came. */
async function findReportsToDo(
  { db, now }: Context,
  { organization }: Workspace,
  lang: Lang,
): Promise<ToDo[]> {
  const about = { organizationId: organization.id, now: now() }
  const { total, first } = await findMissingReports(db, about)
  if (!first) return []
  const href = total === 1 ? paths.report(first.id) : listHref('past')
  return counted('reports', total, href, messagesFor(lang).admin.home.quoted(first.title))
}

/** Finds cafés, calendars and webhooks of the structure that cannot go on without the team. */
async function findHeldUp(
  { db, now }: Context,
  { role, organization: { id } }: Workspace,
  lang: Lang,
): Promise<ToDo[]> {
  const { quoted } = messagesFor(lang).admin.home
  const aboutCafes = async (kind: 'postponed' | 'drafts', state: AdminListState) => {
    const { total, first } = await findHeldUpCafes(db, id, kind)
    return first && total === 1
      ? counted(kind, 1, paths.editCafe(first.id), quoted(first.title))
      : counted(kind, total, listHref(state))
  }
  const differing = await listAsked(db, { organizationId: id, now: now(), limit: 1 })
  const stopped = role === 'administrator' ? await countStoppedWebhooks(db, id, now()) : 0
  return [
    ...counted('differences', differing.total, paths.differences),
    ...counted('calendars', await countFailingCalendars(db, id, now()), paths.import),
    ...counted('webhooks', stopped, paths.webhooks),
    ...(await aboutCafes('postponed', 'upcoming')),
    ...(await aboutCafes('drafts', 'drafts')),
  ]
}

/** Finds whether messages are held back since a restore, and whether backups are late. */
async function findBackupToDo({ db, config, now }: Context): Promise<ToDo[]> {
  const state = config.backups.areDaily ? await findBackupState(db) : undefined
  const isLate = state !== undefined && isBackupLate(state, now())
  const restoration = await findRestoration(db)
  // Where no change waits for the answer, there is nothing to decide meanwhile.
  const isAsking = restoration?.areEditsHeld && !restoration.isClosed && isUnanswered(restoration)
  return [
    ...counted('closed', restoration?.isClosed ? 1 : 0, paths.backups),
    ...counted('asking', isAsking ? 1 : 0, paths.backups),
    ...counted('versions', await countOtherVersions(db), paths.otherVersions),
    ...counted('claimed', (await listClaims(db, { limit: 1 })).total, paths.backups),
    ...counted('restored', (await isHeld(db)) ? 1 : 0, paths.backups),
    ...endedBy(paths.backUpNow, counted('backup', isLate ? 1 : 0, paths.backups)),
    ...endedBy(
      paths.backUpNow,
      counted('backupCopy', state?.copyFailingSince ? 1 : 0, paths.backups),
    ),
  ]
}

/** The troubles for which the list has no row of their own. */
const WITHOUT_ROW: readonly Trouble[] = [
  ...(['not-writable', 'little-disk', 'requests-failing', 'memory-high'] as const),
  ...(['certificate-ending', 'sending-late', 'mails-late', 'jobs-late'] as const),
]

/** Finds whether the site itself is in trouble. */
async function findSiteToDo(context: Context): Promise<ToDo[]> {
  const { troubles } = await findSiteState(context)
  const found = troubles.filter((trouble) => WITHOUT_ROW.includes(trouble))
  return counted('siteState', found.length, paths.siteState)
}

/** Finds what was flagged and waits for a decision, and the appeals. */
async function findFlagToDo({ db }: Context): Promise<ToDo[]> {
  const { open, appeals } = await countCases(db)
  const appealsHref = `${paths.flagCases}?etat=${CASE_STATE_NAMES.appeals}`
  return [...counted('flags', open, paths.flagCases), ...counted('appeals', appeals, appealsHref)]
}

const silentSitesHref = `${paths.network}?etat=${SITE_STATE_NAMES.silent}`

const JOINING_KINDS = { asked: 'joinAsked', refused: 'joinRefused', failed: 'joinFailed' } as const

/** Finds requests to join, answers to our own, and servers that cannot be reached. */
async function findNetworkToDo({ db, now }: Context, { organization }: Workspace): Promise<ToDo[]> {
  const { requested, silent } = await countSites(db)
  const isCutOff = (await findCutOffSince(db)) !== undefined
  const joinings = await listJoinings(db)
  const failed = await listFailedDeliveries(db, { organizationId: organization.id, now: now() })
  return [
    ...endedBy(paths.retryEverybody, counted('cutOff', isCutOff ? 1 : 0, paths.network)),
    ...counted('requests', requested, paths.network),
    ...joinings.flatMap(({ id, peerId, state, name, silentSince, reason = '' }): Counted[] => {
      if (state === 'refused')
        return [{ kind: JOINING_KINDS[state], count: 1, href: paths.network, name, reason }]
      if (state !== 'accepted') return counted(JOINING_KINDS[state], 1, paths.network, name)
      const isSilent = !isCutOff && silentSince !== undefined
      const end = peerId && paths.peerAction(peerId, 'reessayer')
      const href = paths.stopFollowing(id)
      return isSilent ? [{ kind: 'directorySilent', count: 1, href, end, name }] : []
    }),
    ...counted('held', await countHeldCafes(db, now()), paths.network),
    ...counted('failing', isCutOff ? 0 : silent, silentSitesHref),
    ...counted('blockList', await countListed(db), paths.blockList),
    ...counted('stamps', (await countStamps(db)).asked, paths.stamps),
    ...counted('undelivered', failed.length, paths.network),
  ]
}

/** Counts what a followed list would change, or a file that was read and not decided about. */
async function countListed(db: Context['db']): Promise<number> {
  if (!(await findBlockList(db))) return 0
  const { added, changed, gone } = await countChanges(db)
  return added + changed + gone
}

/** Finds people who wait for an answer, and mails that have not reached anybody. */
async function findPeopleToDo(
  { db, config, now }: Context,
  { organization: { id: organizationId } }: Workspace,
): Promise<ToDo[]> {
  const mailWorks = config.mail !== undefined
  const structureUri = structureUriOf(config.origin)
  return [
    ...counted(
      'networks',
      await countAwaited(db, { organizationId, structureUri }),
      paths.adminNetworks,
    ),
    ...(await findInvitationAnswers(db, organizationId)),
    ...(await findNewcomersToDo({ db }, { organization: { id: organizationId } })),
    ...counted(
      mailWorks ? 'mails' : 'mailsByHand',
      await countFailingMails(db, { mailWorks }, now()),
      paths.mails,
    ),
  ]
}

/** Finds people who ask to appear among those of the structure. */
async function findNewcomersToDo(
  { db }: Pick<Context, 'db'>,
  { organization }: Pick<Workspace, 'organization'>,
): Promise<ToDo[]> {
  const newcomers = (await listOwnFacilitators(db, organization.id)).filter(
    ({ facilitator }) => facilitator.approvedAt === undefined,
  )
  return counted('people', newcomers.length, paths.adminFacilitators)
}

/** Finds what structures answered to the invitations of our networks. */
async function findInvitationAnswers(db: Context['db'], organizationId: string): Promise<ToDo[]> {
  const found: ToDo[] = []
  for (const { uri, name, slug } of await listNetworks(db, { organizationId })) {
    const { length } = await listUnreadAnswers(db, uri)
    found.push(...counted('networkAnswers', length, paths.adminNetwork(slug), name))
  }
  return found
}

/** The most suggested cafés that have a row each on the home. */
const MOST_SUGGESTED = 5

/** Finds the suggested cafés that wait for a decision: the oldest ones by themselves, the others together. */
async function findSuggested({ db, now }: Context, lang: Lang): Promise<ToDo[]> {
  const total = await countSuggested(db, now())
  const oldest = total === 0 ? [] : await listSuggested(db, { now: now(), limit: MOST_SUGGESTED })
  const { otherPlace } = messagesFor(lang).suggestion.team
  const nameOf = ({ publication, title }: Cafe) =>
    publication === 'published' ? otherPlace(title) : title
  return [
    ...oldest.flatMap((cafe) => counted('suggestions', 1, paths.editCafe(cafe.id), nameOf(cafe))),
    ...counted('suggestions', total - oldest.length, listHref('drafts')),
  ]
}

/** Finds what only a directory has. */
async function findDirectoryToDo(context: Context, lang: Lang): Promise<ToDo[]> {
  const { db, now } = context
  const sentAt = (await findLastNewsletter(db))?.sentAt
  const due = sentAt?.add({ hours: NEWSLETTER_DAYS * 24 })
  const isDue = due !== undefined && Temporal.Instant.compare(due, now()) <= 0
  return [
    ...counted('recoveries', (await listRecoveries(db)).length, paths.network),
    ...counted('proposals', await countProposals(db), paths.adminReferents),
    ...(await findSuggested(context, lang)),
    ...counted('numbers', await countUncountedReports(db), `${paths.hiddenObjects}#nombres`),
    ...counted('duplicates', (await listSuspected(db, now())).length, paths.duplicates),
    ...counted('newsletter', isDue ? 1 : 0, paths.adminNewsletter),
    ...endedBy(
      paths.requestsSeen,
      counted('cafeRequests', await countUnseenCommunes(db, now()), paths.adminRequests),
    ),
  ]
}
