import { randomUUID } from 'node:crypto'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import { facilitatorPageId } from '../../node/domain/facilitators/facilitator-page.ts'
import { findAccountByEmail, insertAccount } from '../../node/store/accounts/accounts.ts'
import { proposeEmail } from '../../node/store/accounts/email-changes.ts'
import { insertLinkTo } from '../../node/store/accounts/links.ts'
import { createTeamInvitation } from '../../node/store/accounts/team-invitations.ts'
import { saveCafe } from '../../node/store/cafes/cafes.ts'
import { setCafeFacilitators } from '../../node/store/facilitators/cafe-facilitators.ts'
import { saveFacilitator } from '../../node/store/facilitators/facilitators.ts'
import { saveFlag } from '../../node/store/flags/cases.ts'
import { addManager } from '../../node/store/networks/managers.ts'
import { declareNetwork, findNetwork } from '../../node/store/networks/networks.ts'
import { insertReferent } from '../../node/store/referents/referents.ts'
import { addRegistration, shareSeats } from '../../node/store/registrations/seats.ts'
import { saveReport } from '../../node/store/reports/reports.ts'
import { saveSuggestedCafe, saveSuggestion } from '../../node/store/suggestions/suggestions.ts'
import { requestAlert } from '../../node/store/territories/alerts.ts'
import { LINK_PATHS } from '../../ui/admin/mail-templates.ts'
import { paths } from '../../ui/paths.ts'
import { EMAIL, signInByLink } from './admin.ts'
import { aFacilitator } from './facilitator.ts'
import { joinTestDirectory, publishTestFacilitator } from './facilitator-profiles.ts'
import { knowCafe, knowPeer, RENNES } from './known-peer.ts'
import { appoint } from './referents.ts'
import type { WebServer } from './server.ts'
import { aCafe } from './some-cafes.ts'

/**
 * Fills a site with something of everything that visitors may write to or ask about; returns the paths of pages to
 * which no other page leads.
 */
export async function fillSite(server: WebServer): Promise<string[]> {
  const { db, now, isDirectory } = server.context
  await saveCafe(db, aCafe())
  const { origin: home, organization } = server
  const registration = paths.registrationForm(await saveOpenCafe(server))
  await declareNetwork(
    db,
    {
      description: { name: NETWORK, presentation: 'Des médiathèques', website: undefined },
      by: OPERATOR,
      home: { organizationId: organization.id, origin: home, actorUri: `${home}/actors/instance` },
    },
    now(),
  )
  await signInByLink(server)
  const { handle } = await publishTestFacilitator(server, { contact: 'relay' })
  await joinTestDirectory(server.context, 'annuaire.example')
  const paper = await insertLinkTo(
    db,
    { purpose: 'join-team', subject: await inviteEditor(server) },
    now(),
  )
  if (!isDirectory) return [paths.facilitator(handle), paths.teamInvitation(paper), registration]
  const known = await knowCafe(server, { host: 'voisin', place: RENNES })
  await appoint(server)
  const { id: peerId, origin } = await knowPeer(server, {
    ...{ host: 'voisin', place: RENNES, membership: 'member' },
  })
  const uri = `${origin}/animation/sacha`
  const site = { peerId, organizationId: undefined, uri, url: uri }
  const sacha = aFacilitator({ id: 'sacha', handle: 'sacha', ...site, contact: 'relay' })
  await saveFacilitator(db, sacha, now())
  const suggestion = { purpose: 'suggestion', subject: await aNewSuggestion(server) } as const
  const flagged = paths.flag(home + paths.cafe(known.id))
  return [
    ...[paths.facilitator(handle), paths.facilitator(facilitatorPageId(sacha))],
    ...[flagged, registration, LINK_PATHS.suggestion(await insertLinkTo(db, suggestion, now()))],
  ]
}

const NETWORK = 'reseau'

/** Returns the id of a new invitation to the team, on paper. */
async function inviteEditor({ context, organization }: WebServer): Promise<string> {
  const { db, now } = context
  const { id: invitedBy = '' } = (await findAccountByEmail(db, EMAIL)) ?? {}
  const role = { organizationId: organization.id, role: 'editor' } as const
  return (await createTeamInvitation(db, { ...role, email: undefined, invitedBy }, now())).id
}

/** Returns the id of a suggestion whose address is not proven yet. */
async function aNewSuggestion({ context }: WebServer): Promise<string> {
  const { db, now } = context
  const typed = {
    title: 'Café proposé',
    announcedFor: 'Amicale',
    date: '2026-12-20',
    time: '10:00',
  }
  const { id } = await saveSuggestion(db, { email: `${randomUUID()}@mail.example`, typed }, now())
  return id
}

/** Returns the id of a suggested café that is published. */
async function aSuggestion(server: WebServer): Promise<string> {
  const { context, organization } = server
  const { db } = context
  const id = await aNewSuggestion(server)
  const cafe = aCafe({ id: randomUUID(), organizationId: organization.id, announcedFor: 'Amicale' })
  await saveCafe(db, cafe)
  await saveSuggestedCafe(db, { id, cafeId: cafe.id, title: cafe.title })
  return id
}

/** Returns the id of a café of the site that took place, of which it is told how many came. */
async function aReportedCafe({ context, organization }: WebServer): Promise<string> {
  const { db, now } = context
  const id = randomUUID()
  const startsAt = now().subtract({ hours: 24 })
  const when = { startsAt, endsAt: startsAt.add({ hours: 2 }) }
  await saveCafe(db, aCafe({ id, organizationId: organization.id, ...when }))
  await saveReport(db, {
    ...{ cafeId: id, organizationId: organization.id, uri: undefined, isHeld: true },
    ...{ participants: 12, firstTimers: undefined, format: undefined, nextSteps: undefined },
    ...{ words: undefined, isTextPublic: false, picture: undefined, pictureAlt: undefined },
    ...{ isPicturePublic: false, isCounted: true, hiddenReason: undefined, questions: [] },
    ...{ createdAt: now(), updatedAt: now() },
  })
  return id
}

type Purpose = keyof typeof LINK_PATHS

/** Returns the path of a new link for each purpose, to something that waits for it. */
export async function makeEveryLink(server: WebServer): Promise<Record<Purpose, string>> {
  const { db, now } = server.context
  const { id: organizationId } = server.organization
  const mailbox = `${randomUUID()}@chez-elle.example`
  const { id = '' } = (await findAccountByEmail(db, EMAIL)) ?? {}
  const role = { organizationId, role: 'editor' } as const
  const asking = await insertAccount(db, { email: `a-${mailbox}`, ...role }, now())
  const { id: networkId = '' } = (await findNetwork(db, { slug: NETWORK })) ?? {}
  const manager = await addManager(db, { networkId, email: `m-${mailbox}` }, now())
  await proposeEmail(db, { id: asking.id, email: mailbox })
  const cafe = aCafe()
  await saveCafe(db, cafe)
  const area = { area: { territory: '35' }, search: '', place: 'Ille-et-Vilaine (35)' }
  const alert = await requestAlert(db, { email: mailbox, ...area }, now())
  const person = await publishTestFacilitator(server, { contact: 'relay' }, mailbox)
  await setCafeFacilitators(db, { cafeId: cafe.id, facilitatorIds: [person.id] }, now())
  const at = now().toString()
  await db
    .updateTable('facilitator_contact')
    .set({ next_email: `autre-${mailbox}`, is_adult_at: at, confirmed_at: at })
    .where('facilitator_id', '=', person.id)
    .execute()
  const proposed = await insertReferent(
    db,
    {
      ...{ territory: '29', name: 'Paul', word: 'référent', email: mailbox },
      ...{ facilitatorUri: undefined, proposedBy: 'L’équipe' },
      startsOn: Temporal.PlainDate.from('2026-12-01'),
      endsOn: Temporal.PlainDate.from('2027-11-30'),
    },
    now(),
  )
  const appointed = await appoint(server, { territory: '22', email: `r-${mailbox}` })
  const email = `o-${mailbox}`
  const other = { email, id: await appoint(server, { territory: '56', email }) }
  const link = (purpose: Purpose, subject = '', mailedTo?: string, expiresAt?: Temporal.Instant) =>
    insertLinkTo(db, { purpose, subject, mailedTo, expiresAt }, now()).then(LINK_PATHS[purpose])
  // The second link is to the same profile, which the first may delete.
  await link('own-profile', person.id)
  return {
    'sign-in': await link('sign-in', id),
    'first-password': await link('first-password', manager.accountId),
    'confirm-email': await link('confirm-email', asking.id, mailbox),
    'join-team': await link('join-team', await inviteEditor(server), `n-${mailbox}`),
    'confirm-cafe': await link('confirm-cafe', cafe.id, EMAIL, cafe.startsAt),
    report: await link('report', await aReportedCafe(server), EMAIL),
    'keep-alert': await link('keep-alert', alert?.id),
    'stop-alert': await link('stop-alert', alert?.id),
    'stop-to-do': await link('stop-to-do', id),
    'stop-confirm-cafe': await link('stop-confirm-cafe', id),
    'stop-answers': await link('stop-answers', id),
    'stop-report': await link('stop-report', id),
    'stop-profile-named': await link('stop-profile-named', person.id),
    'own-profile': await link('own-profile', person.id, `autre-${mailbox}`),
    mandate: await link('mandate', proposed),
    'referent-access': await link('referent-access', appointed),
    registration: await link('registration', await aRegistration(server)),
    suggestion: await link('suggestion', await aSuggestion(server)),
    flag: await link('flag', await aFlag(server)),
    'not-my-mandate': await link('not-my-mandate', other.id, other.email),
  }
}

/** Saves a café of the site at which one registers here, and returns its id. */
async function saveOpenCafe({ context, origin, organization }: WebServer): Promise<string> {
  const id = randomUUID()
  const cafe = aCafe()
  await saveCafe(context.db, {
    ...{ ...cafe, id, uri: `${origin}/cafes/${id}`, uid: `${id}@lieu.example` },
    organizationId: organization.id,
    registration: { ...cafe.registration, mode: 'local' },
  })
  return id
}

async function aRegistration(server: WebServer): Promise<string> {
  const { context } = server
  const cafeId = await saveOpenCafe(server)
  const event = await shareSeats(context, cafeId, (seating) =>
    addRegistration(seating, {
      ...{ side: 'onsite', seats: 1, name: 'Camille', email: `ines-${randomUUID()}@mail.example` },
      ...{ phone: undefined, actorUri: undefined, source: 'form', isByAdult: false },
      ...{ formToken: undefined, needs: [] },
    }),
  )
  return event && 'registration' in event ? event.registration.id : ''
}

async function aFlag({ context: { db, now } }: WebServer): Promise<string> {
  const cafe = aCafe()
  await saveCafe(db, cafe)
  const flagged = {
    ...({ kind: 'cafe', uri: cafe.uri, path: paths.cafe(cafe.id) } as const),
    ...{ name: cafe.title, id: cafe.id, territory: undefined, peerId: undefined },
  }
  const said = { reason: 'paid', words: '15 euros.', email: undefined, host: undefined } as const
  const { flagId = '' } = await saveFlag(db, flagged, said, now())
  return flagId
}
