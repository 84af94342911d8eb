import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Cafe } from '../../node/domain/cafes/cafe.ts'
import type { Kind } from '../../node/domain/values/structure-kinds.ts'
import { toDescription } from '../../node/formats/text/html-text.ts'
import { communeAt } from '../../node/geo/commune-table.ts'
import { timezoneOf } from '../../node/geo/territories.ts'
import { saveCafes } from '../../node/store/cafes/cafes.ts'
import type { Database, OpenDatabase } from '../../node/store/database/database.ts'
import { isPostgres } from '../../node/store/database/dialect.ts'
import { insertOrganization } from '../../node/store/structures/organizations.ts'
import { createRandom } from '../bench/random.ts'
import { BLANK_CAFE } from './blank-cafe.ts'
import { openTestDatabase } from './database.ts'

/** Returns a published café of this server, a month from `now`, except for the changes. */
export function aCafe(changes: Partial<Cafe> = {}): Cafe {
  const id = randomUUID()
  const uri = `https://node.example/cafes/${id}`
  const startsAt = changes.startsAt ?? Temporal.Instant.from('2026-12-09T17:30:00Z')
  return {
    ...BLANK_CAFE,
    id,
    uri,
    url: uri,
    uid: `${id}@node.example`,
    organizationId: changes.peerId ? undefined : 'organization-1',
    organizer: {
      uri: 'https://node.example/actors/cafes',
      name: 'Médiathèque',
      url: 'https://node.example/',
    },
    publishedAt: Temporal.Instant.from('2026-11-01T08:00:00Z'),
    updatedAt: Temporal.Instant.from('2026-11-01T08:00:00Z'),
    title: 'Café IA',
    ...toDescription(changes.descriptionHtml ?? ''),
    startsAt,
    endsAt: startsAt.add({ minutes: 90 }),
    ...changes,
  }
}

const WORDS = ['débat', 'Démonstration', 'école', 'séniors', 'œuvre', 'chatbot', 'forêts', 'vérité']
const FORMATS = ['Débat mouvant', 'debat mouvant', 'Ateliers', 'atelier', undefined]
const AUDIENCES = ['Séniors', 'Jeunes', 'Tout public']

/** Makes cafés all over France, overseas too, from two months before to six months after `now`. */
export function someCafes(count: number, now: Temporal.Instant): Cafe[] {
  const { next: random, pick } = createRandom(42)
  const some = <T>(items: readonly T[]): T[] => items.filter(() => random() < 0.4)
  return Array.from({ length: count }, (_, index) => {
    // Every tenth is overseas, where the table ends.
    const row =
      index % 10 === 0 ? 34_830 + Math.floor(random() * 100) : Math.floor(random() * 34_000)
    const commune = communeAt(row)
    const online = random() < 0.1
    const minutes = Math.floor((random() * 8 - 2) * 30 * 24 * 60)
    const startsAt = now.add({ minutes }).round({ smallestUnit: 'minute', roundingIncrement: 15 })
    return aCafe({
      title: `${pick(WORDS)} et ${pick(WORDS)}`,
      startsAt,
      endsAt: startsAt.add({ minutes: pick([60, 90, 120, 60 * 24 * 3]) }),
      timezone: timezoneOf(commune.departement),
      attendanceMode: online ? 'online' : pick(['offline', 'mixed']),
      openTo: random() < 0.1 ? 'reserved' : 'public',
      intentions: some(['learn', 'try', 'debate']),
      accessibility: some(['hi', 'vi', 'mi']),
      format: pick(FORMATS),
      audiences: some(AUDIENCES),
      updatedAt: now.subtract({ hours: Math.floor(random() * 1000) }),
      publication: random() < 0.05 ? 'draft' : 'published',
      hiddenReason: random() < 0.05 ? 'price' : undefined,
      venue: online
        ? undefined
        : {
            id: undefined,
            name: 'Médiathèque',
            streetAddress: undefined,
            postalCode: commune.postcodes[0],
            commune: commune.name,
            codeInsee: commune.codeInsee,
            departement: commune.departement,
            region: commune.region,
            latitude: commune.latitude + (random() - 0.5) / 20,
            longitude: commune.longitude + (random() - 0.5) / 20,
          },
    })
  })
}

/** Dates the change of each café here to when its author wrote it; by the clock of the database all came just now. */
export async function changeAtUpdates(trx: Database): Promise<void> {
  const seconds = isPostgres(trx)
    ? sql`extract(epoch from updated_at::timestamptz)`
    : sql`unixepoch(updated_at)`
  await sql`update cafe set changed_at = ${seconds}`.execute(trx)
}

/** Opens a database with only these cafés of one structure. */
export async function openWithCafes(
  cafes: readonly Cafe[],
  now: Temporal.Instant,
  kind?: Kind,
): Promise<{ db: OpenDatabase; close: () => Promise<void> }> {
  const opened = await openTestDatabase()
  const structure = { id: 'organization-1', slug: 'cafes', name: 'Médiathèque' }
  await insertOrganization(opened.db, structure, now)
  if (kind) await opened.db.updateTable('organization').set({ kind }).execute()
  await opened.db.transaction().execute((trx) => saveCafes(trx, cafes))
  return opened
}
