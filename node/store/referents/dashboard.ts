import { type Cafe, WITHHELD } from '../../domain/cafes/cafe.ts'
import type { Peer } from '../../domain/federation/peer.ts'
import type { Referent } from '../../domain/referents/referent.ts'
import type { Territory } from '../../geo/territories.ts'
import { isWithin } from '../../geo/territory-chain.ts'
import { appendJournal, type Judgement } from '../accounts/acts.ts'
import { findCafe, toCafe } from '../cafes/cafes.ts'
import { type DuplicatePair, listSuspected } from '../cafes/duplicate-pairs.ts'
import { decideDistinct } from '../cafes/duplicates.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { isAbove } from '../directory/hidden-objects.ts'
import { findPeer, listPeers } from '../directory/peers.ts'
import { decideMembership } from '../memberships.ts'
import { listPeerIdsWithin } from '../structures/structures.ts'
import { listSuggested } from '../suggestions/suggestions.ts'
import { decideHeldCafe } from './decide-shown.ts'

/**
 * What a referent sees and does within one territory: each function is given the territory and returns nothing of
 * another. Every act is written to the journal, in the transaction of what it did.
 */

const MOST_SUGGESTED = 50

export type Waiting = {
  joining: Peer[]
  /** Pairs that may be one café, announced by two sites; both are shown. */
  duplicates: DuplicatePair[]
  /** Cafés that are hidden: held back when they came, or hidden by a person. */
  hidden: Cafe[]
  silent: Peer[]
  /** Cafés that somebody suggested and that this territory's referents examine. */
  suggested: Cafe[]
}

/**
 * Finds what waits for the referents of a territory: requests to join, pairs of cafés that may be one, hidden cafés,
 * and members that are unreachable.
 */
export async function findWaiting(
  db: Database,
  territory: Territory,
  now: Temporal.Instant,
): Promise<Waiting> {
  const here = await listPeerIdsWithin(db, territory)
  const peers = (await listPeers(db)).filter(({ id }) => here.has(id))
  const suspected = await listSuspected(db, now)
  return {
    joining: peers.filter(({ membership }) => membership === 'requested'),
    duplicates: suspected.filter(({ one }) => isWithin(territory, placeOf(one))),
    hidden: await listHidden(db, territory, now),
    suggested: await listSuggested(db, { territory: territory.code, now, limit: MOST_SUGGESTED }),
    silent: peers.filter(
      ({ membership, silentSince }) => membership === 'member' && silentSince !== undefined,
    ),
  }
}

/** Counts what waits there, by kind. */
export async function countWaiting(db: Database, territory: Territory, now: Temporal.Instant) {
  const { joining, duplicates, hidden, silent, suggested } = await findWaiting(db, territory, now)
  return {
    suggested: suggested.length,
    joining: joining.length,
    duplicates: duplicates.length,
    hidden: hidden.length,
    silent: silent.length,
  }
}

/**
 * Lists the hidden cafés that a referent of this territory may show, soonest first. Some are held back each day, and few
 * at a time.
 */
async function listHidden(
  db: Database,
  territory: Territory,
  now: Temporal.Instant,
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .leftJoin('hidden_object as hidden', 'hidden.uri', 'cafe.uri')
    .selectAll('cafe')
    .select(['hidden.uri as hidden_uri', 'hidden.territory as hidden_under'])
    .where('peer_id', 'is not', null)
    .where('hidden_reason', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('hidden_object as structure')
            .select('structure.uri')
            .whereRef('structure.uri', '=', 'cafe.organizer_uri'),
        ),
      ),
    )
    .where('hidden_reason', 'not in', ['duplicate', ...WITHHELD])
    .where('ends_at', '>', toInstantText(now))
    .orderBy('starts_at')
    .orderBy('id')
    .limit(1000)
    .execute()
  const author = { kind: 'referent', name: '', territory: territory.code } as const
  return rows
    .filter(({ hidden_uri, hidden_under }) => !hidden_uri || !isAbove(hidden_under, author))
    .map(toCafe)
    .filter((cafe) => isWithin(territory, placeOf(cafe)))
}

/** Returns where a café is, for `isWithin`. */
export const placeOf = ({ venue }: Cafe) =>
  venue && { codeInsee: venue.codeInsee, departement: venue.departement, region: venue.region }

/** Who acts, under which mandate, and why. */
export type Act = { referent: Referent; territory: Territory; reason: string }

/** Returns who decides and why, as the journal has it. */
export const judgementOf = ({ referent, reason }: Act): Judgement => ({
  by: { kind: 'referent', name: referent.name, territory: referent.territory },
  reason,
})

/**
 * Hides a café of another server, or shows it again; the feeds undo their Announces, or announce it. False for a café
 * outside of the territory.
 */
export async function moderateCafe(
  db: OpenDatabase,
  act: Act,
  { id, shown }: { id: string; shown: boolean },
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const cafe = await findCafe(trx, id)
    if (!cafe?.peerId || !isWithin(act.territory, placeOf(cafe))) return false
    await decideHeldCafe(trx, { id, shown, ...judgementOf(act) }, now)
    return true
  })
}

/** Decides that two announcements are of two cafés. Both must be in the territory. */
export async function moderateDuplicate(
  db: OpenDatabase,
  act: Act,
  ids: readonly [string, string],
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const [one, other] = [await findCafe(trx, ids[0]), await findCafe(trx, ids[1])]
    if (!one || !other || one.id === other.id) return false
    if (![one, other].every((cafe) => isWithin(act.territory, placeOf(cafe)))) return false
    await decideDistinct(trx, ids, now)
    const said = { act: 'duplicate-apart', title: one.title, ...judgementOf(act) } as const
    await appendJournal(trx, { ...said, subject: { type: 'cafe', id: one.id } }, now)
    return true
  })
}

/** Stores what a referent thinks of a site that asks to join, or admits it where the directory leaves that to them. */
export async function answerJoining(
  db: OpenDatabase,
  act: Act,
  { peerId, admits }: { peerId: string; admits: boolean },
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const peer = await findPeer(trx, peerId)
    const here = await listPeerIdsWithin(trx, act.territory)
    if (peer?.membership !== 'requested' || !here.has(peerId)) return false
    if (admits) await decideMembership(trx, { peerId, admitted: true }, now)
    else await saveAdvice(trx, act, peerId, now)
    const name = admits ? ('joining-admitted' as const) : ('joining-recommended' as const)
    const said = { act: name, title: peer.name, ...judgementOf(act) }
    await appendJournal(trx, { ...said, subject: { type: 'peer', id: peerId } }, now)
    return true
  })
}

/**
 * Stores what a referent thinks of a site that asks to join, by its host. Where such a site is, is known only once it is a
 * member; one of which another territory is known is not theirs. False where no such request waits.
 */
export async function saveAdviceByHost(
  db: OpenDatabase,
  act: Act,
  host: string,
  now: Temporal.Instant,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const peer = await trx
      .selectFrom('peer')
      .select(['id', 'name'])
      .where('host', '=', host)
      .where('membership', '=', 'requested')
      .executeTakeFirst()
    if (!peer) return false
    const here = await listPeerIdsWithin(trx, act.territory)
    const located = await trx
      .selectFrom('structure')
      .select('id')
      .where('peer_id', '=', peer.id)
      .where('departement', 'is not', null)
      .executeTakeFirst()
    if (located && !here.has(peer.id)) return false
    await saveAdvice(trx, act, peer.id, now)
    const said = { act: 'joining-recommended', title: peer.name, ...judgementOf(act) } as const
    await appendJournal(trx, { ...said, subject: { type: 'peer', id: peer.id } }, now)
    return true
  })
}

async function saveAdvice(
  trx: Database,
  { referent, reason }: Act,
  peerId: string,
  now: Temporal.Instant,
): Promise<void> {
  const said = { reason, at: toInstantText(now) }
  await trx
    .insertInto('joining_advice')
    .values({ peer_id: peerId, referent_id: referent.id, ...said })
    .onConflict((oc) => oc.columns(['peer_id', 'referent_id']).doUpdateSet(said))
    .execute()
}

type JoiningAdvice = { peerId: string; name: string; territory: string; reason: string }

/** Lists what referents think of the sites that ask to join, for the team, which decides. */
export async function listJoiningAdvice(db: Database): Promise<JoiningAdvice[]> {
  const rows = await db
    .selectFrom('joining_advice')
    .innerJoin('referent', 'referent.id', 'joining_advice.referent_id')
    .innerJoin('peer', 'peer.id', 'joining_advice.peer_id')
    .select([
      'joining_advice.peer_id',
      'joining_advice.reason',
      'referent.name',
      'referent.territory',
    ])
    .where('peer.membership', '=', 'requested')
    .orderBy('joining_advice.at')
    .orderBy('joining_advice.peer_id')
    .orderBy('joining_advice.referent_id')
    .execute()
  return rows.map(({ peer_id, ...said }) => ({ peerId: peer_id, ...said }))
}

/** Lists what one of them has said, by the id of the site. */
export async function listAdviceOf(
  db: Database,
  referentId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('joining_advice')
    .select(['peer_id', 'reason'])
    .where('referent_id', '=', referentId)
    .execute()
  return new Map(rows.map(({ peer_id, reason }) => [peer_id, reason]))
}

/** Lists upcoming and postponed cafés that were announced under a territory, soonest first, `limit` at most. */
export async function listAnnouncedUnder(
  db: Database,
  { territory, now, limit }: { territory: string; now: Temporal.Instant; limit: number },
): Promise<Cafe[]> {
  const rows = await db
    .selectFrom('cafe')
    .selectAll()
    .where('announced_under', '=', territory)
    .where('organization_id', 'is not', null)
    .where((eb) =>
      eb.or([
        eb('publication', '<>', 'draft'),
        eb.not(
          eb.exists(
            eb
              .selectFrom('suggestion')
              .select('suggestion.id')
              .whereRef('suggestion.cafe_id', '=', 'cafe.id'),
          ),
        ),
      ]),
    )
    .where((eb) => eb.or([eb('ends_at', '>', toInstantText(now)), eb('status', '=', 'postponed')]))
    .orderBy('starts_at')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toCafe)
}
