import { type HiddenKind, readPart } from '../../domain/federation/hidden-object.ts'
import { subjectOf } from '../../domain/flags/flag.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { appendJournal, type Judgement } from '../accounts/acts.ts'
import { findCafe, findCafeByUri } from '../cafes/cafes.ts'
import { showCafe, showCafesOf } from '../cafes/moderated-cafes.ts'
import { type Database, inTransaction } from '../database/database.ts'
import {
  deleteHidden,
  insertHidden,
  isHiddenAbove,
  isHiddenHere,
} from '../directory/hidden-objects.ts'
import { findFacilitatorByUri, saveFacilitator } from '../facilitators/facilitators.ts'
import { appendChange } from '../queues/changes.ts'
import { updateHidden } from '../reports/hidden-parts.ts'
import { findReceivedResource } from '../resources/received-resources.ts'

/** What is hidden or shown, by whom and why. */
export type Decision = Judgement & { kind: HiddenKind; uri: string; shown: boolean }

/** Something of another server that is here, with what the journal calls it. */
type Found = { id: string; peerId: string; title: string }

/**
 * Hides one café, profile, structure, resource, picture or report, or one question of a report, of another server, or shows it again. It leaves pages, the search, exports,
 * feeds and collections, whatever its server says later; the member is told, and the journal has it.
 *
 * @returns false where it is not here, or ours.
 * @throws DomainError conflict where a café is to be shown whose structure is hidden; forbidden where a referent would
 * change what the team, or a referent of a wider territory, has hidden.
 */
export const decideShown = (
  db: Database,
  { kind, uri, shown, by, reason }: Decision,
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const found = await FIND[kind](trx, uri)
    if (!found) return false
    if (await isHiddenAbove(trx, uri, by))
      throw new DomainError('forbidden', 'directory.hidden_above')
    if (shown) await deleteHidden(trx, uri)
    else await insertHidden(trx, { kind, uri, reason, territory: by.territory }, now)
    await APPLY[kind](trx, { ...found, uri, shown }, now)
    const { id, peerId, title } = found
    await appendChange(trx, { type: 'object-judged', uri, peerId, shown, reason }, now)
    const act = `${kind}-${shown ? 'shown' : 'hidden'}` as const
    const subject = { type: subjectOf(kind), id } as const
    await appendJournal(trx, { by, reason, act, subject, title }, now)
    return true
  })

/** Its title is the café's: what people asked may name somebody, and the journal is kept for longer. */
const findCafeOfPart = async (trx: Database, uri: string): Promise<Found | undefined> =>
  FIND.cafe(trx, readPart(uri)?.of ?? '')

const updateReport = (trx: Database, { id, uri }: Applied) =>
  updateHidden(trx, { id, uri: readPart(uri)?.of ?? '' })

const FIND: Record<HiddenKind, (trx: Database, uri: string) => Promise<Found | undefined>> = {
  cafe: async (trx, uri) => {
    const cafe = await findCafeByUri(trx, uri)
    return cafe?.peerId ? { id: cafe.id, peerId: cafe.peerId, title: cafe.title } : undefined
  },
  // The journal is kept for longer than what a person agreed to show, so it names nobody.
  facilitator: async (trx, uri) => {
    const person = await findFacilitatorByUri(trx, uri)
    return person?.peerId ? { id: person.id, peerId: person.peerId, title: '' } : undefined
  },
  structure: async (trx, uri) => {
    const row = await trx
      .selectFrom('structure')
      .select(['id', 'peer_id', 'name'])
      .where('uri', '=', uri)
      .executeTakeFirst()
    return row?.peer_id ? { id: row.id, peerId: row.peer_id, title: row.name } : undefined
  },
  resource: async (trx, uri) => {
    const row = await findReceivedResource(trx, uri)
    return row?.peerId ? { id: row.id, peerId: row.peerId, title: row.title } : undefined
  },
  picture: findCafeOfPart,
  report: findCafeOfPart,
  question: findCafeOfPart,
}

type Applied = Found & { uri: string; shown: boolean }

const APPLY: Record<
  HiddenKind,
  (trx: Database, applied: Applied, now: Temporal.Instant) => Promise<void>
> = {
  cafe: async (trx, { id, uri, shown }, now) => {
    const cafe = await findCafeByUri(trx, uri)
    if (shown && cafe && (await isHiddenHere(trx, cafe.organizer.uri)))
      throw new DomainError('conflict', 'directory.structure_hidden')
    await showCafe(trx, { id, shown }, now)
  },
  facilitator: async (trx, { uri, shown }, now) => {
    const person = await findFacilitatorByUri(trx, uri)
    if (person)
      await saveFacilitator(trx, { ...person, state: shown ? 'published' : 'hidden' }, now)
  },
  structure: (trx, { uri, shown }, now) => showCafesOf(trx, { organizerUri: uri, shown }, now),
  // These are left out where they are read.
  resource: async () => undefined,
  picture: async () => undefined,
  report: updateReport,
  question: updateReport,
}

/** Shows a café of another server that was held back to everybody, or hides it. */
export const decideHeldCafe = (
  db: Database,
  { id, ...decision }: Judgement & { id: string; shown: boolean },
  now: Temporal.Instant,
): Promise<boolean> =>
  inTransaction(db, async (trx) => {
    const cafe = await findCafe(trx, id)
    return cafe ? decideShown(trx, { kind: 'cafe', uri: cafe.uri, ...decision }, now) : false
  })
