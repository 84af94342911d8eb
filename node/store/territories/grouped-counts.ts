import { sql } from 'kysely'
import {
  type GroupCount,
  RECENT_DAYS,
  type RecentCount,
} from '../../domain/territories/statistics.ts'
import { dayInParis } from '../../domain/values/days.ts'
import { findCommune, wholeCommune } from '../../geo/communes.ts'
import { toInstantText } from '../database/columns.ts'
import { type Database, inTransaction, type OpenDatabase } from '../database/database.ts'
import { joined, joinShownReport } from '../reports/reported-cafes.ts'
import { token } from '../search-index/tokens.ts'
import { splitRows } from './saved-months.ts'

/** The groups that are kept of each kind, those with the most cafés. */
const GROUPS_KEPT = 50

type Counts = Pick<GroupCount, 'held' | 'reported' | 'participations'>

type First = { at: string; cafeId: string; participants: number | undefined }

/** What is counted while the months go by. */
export type Grouped = {
  recent: RecentCount
  /** The formats, by the word under which the search finds them. */
  formats: Map<string, Counts & { label: string }>
  /** The organizers, by their address and their structure here. */
  organizers: Map<string, Counts & { uri: string; organizationId: string | null }>
  /** The first café of each commune, by its INSEE code, with its beginning, and how many came if a report says so. */
  firsts: Map<string, First>
}

/** Begins the counts of groups at this time. */
export function createGroups(now: Temporal.Instant): Grouped {
  const today = dayInParis(now)
  const [from, until] = [today.subtract({ days: RECENT_DAYS }), today.subtract({ days: 1 })]
  return {
    recent: { from, until, held: 0, reported: 0, participations: 0 },
    ...{ formats: new Map(), organizers: new Map(), firsts: new Map() },
  }
}

type Row = Counts & { format: string | null; organizer_uri: string; organization_id: string | null }

type Step = { where: ReturnType<typeof sql<boolean>>; now: Temporal.Instant; groups: Grouped }

/** Adds some cafés, those that took place, whoever was invited. */
export async function addGroups(db: Database, { where, now, groups }: Step): Promise<void> {
  const held = sql`from cafe ${joinShownReport}
    where ${where} and ${joined.tookPlace} and cafe.ends_at <= ${toInstantText(now)}`
  const { recent, formats, organizers, firsts } = groups
  const isRecent = sql`substr(cafe.wall_starts_at, 1, 10)
    between ${recent.from.toString()} and ${recent.until.toString()}`
  const { rows } = await sql<Row & { is_recent: number }>`
    select cafe.format, cafe.organizer_uri, cafe.organization_id,
      case when ${isRecent} then 1 else 0 end as is_recent, count(*) as held,
      count(report.participants) as reported, coalesce(sum(report.participants), 0) as participations
    ${held} group by 1, 2, 3, 4`.execute(db)
  for (const row of rows) {
    if (row.is_recent) addTo(recent, row)
    if (row.format !== null) {
      const fresh = { label: row.format, held: 0, reported: 0, participations: 0 }
      addTo(entryOf(formats, token.format(row.format), fresh), row)
    }
    const { organizer_uri: uri, organization_id: organizationId } = row
    const fresh = { uri, organizationId, held: 0, reported: 0, participations: 0 }
    addTo(entryOf(organizers, `${uri} ${organizationId}`, fresh), row)
  }
  const places = await sql<{ code_insee: string; first: string }>`
    select cafe.code_insee,
      min(cafe.starts_at || ' ' || cafe.id || ' ' || coalesce(report.participants, -1)) as first
    ${held} and cafe.code_insee is not null group by 1`.execute(db)
  for (const { code_insee, first } of places.rows) {
    const commune = findCommune(code_insee)
    const code = commune ? wholeCommune(commune).codeInsee : code_insee
    const [at = '', cafeId = '', told = '-1'] = first.split(' ')
    const participants = told === '-1' ? undefined : Number(told)
    const known = firsts.get(code)
    if (!known || at < known.at || (at === known.at && cafeId < known.cafeId))
      firsts.set(code, { at, cafeId, participants })
  }
}

function entryOf<T>(map: Map<string, T>, key: string, fresh: T): T {
  const known = map.get(key)
  if (known) return known
  map.set(key, fresh)
  return fresh
}

function addTo(sum: Counts, more: Counts): void {
  sum.held += Number(more.held)
  sum.reported += Number(more.reported)
  sum.participations += Number(more.participations)
}

/** Saves what was counted in place of what was there. */
export async function saveGroups(db: OpenDatabase, groups: Grouped): Promise<void> {
  const { recent, formats, firsts } = groups
  const rows = [
    ...greatest(
      'format',
      [...formats].map(([key, counts]) => ({ key, ...counts })),
    ),
    ...greatest('type', await listKinds(db, groups)),
    ...greatest('reseau', await listNetworks(db, groups)),
    {
      ...{ grouping: 'recent' as const, key: `${recent.from}/${recent.until}`, label: '' },
      ...{ held: recent.held, reported: recent.reported, participations: recent.participations },
    },
    { grouping: 'communes' as const, key: '', label: '', ...sumOfFirsts(firsts) },
  ]
  await inTransaction(db, async (trx) => {
    await trx.deleteFrom('grouped_count').execute()
    await trx.insertInto('grouped_count').values(rows).execute()
  })
  await saveFirsts(db, firsts)
}

function sumOfFirsts(firsts: Grouped['firsts']): Counts {
  const sum = { held: 0, reported: 0, participations: 0 }
  for (const { participants } of firsts.values())
    addTo(sum, {
      ...{ held: 1, reported: participants === undefined ? 0 : 1 },
      participations: participants ?? 0,
    })
  return sum
}

type Labelled = Counts & { key: string; label: string }

/** Returns the groups with the most cafés, those of one number by their keys. */
const greatest = (grouping: GroupCount['grouping'], groups: readonly Labelled[]): GroupCount[] =>
  groups
    .toSorted((one, other) => other.held - one.held || (one.key < other.key ? -1 : 1))
    .slice(0, GROUPS_KEPT)
    .map(({ key, label, held, reported, participations }) => ({
      ...{ grouping, key, label, held, reported, participations },
    }))

/** Counts by the kind of the structure, where that is known. */
async function listKinds(db: Database, { organizers }: Grouped): Promise<Labelled[]> {
  const own = await db.selectFrom('organization').select(['id', 'kind']).execute()
  const others = await db
    .selectFrom('structure')
    .select(['uri', 'kind'])
    .where('kind', 'is not', null)
    .execute()
  const kinds = new Map([
    ...others.map(({ uri, kind }) => [uri, kind] as const),
    ...own.map(({ id, kind }) => [id, kind] as const),
  ])
  const counts = new Map<string, Labelled>()
  for (const { uri, organizationId, ...more } of organizers.values()) {
    const kind = kinds.get(organizationId ?? '') ?? kinds.get(uri)
    if (!kind) continue
    const fresh = { key: kind, label: kind, held: 0, reported: 0, participations: 0 }
    addTo(entryOf(counts, kind, fresh), more)
  }
  return [...counts.values()]
}

/** Counts by the networks of which the organizer is a member now. */
async function listNetworks(db: Database, { organizers }: Grouped): Promise<Labelled[]> {
  const members = await db
    .selectFrom('agreement')
    .innerJoin('network', 'network.uri', 'agreement.object_uri')
    .select(['agreement.subject_uri', 'network.slug', 'network.name'])
    .where('agreement.kind', '=', 'member-of')
    .where('agreement.active', '=', 1)
    .where('network.ended_at', 'is', null)
    .execute()
  const networks = Map.groupBy(members, ({ subject_uri }) => subject_uri)
  const counts = new Map<string, Labelled>()
  for (const { uri, ...more } of organizers.values())
    for (const { slug, name } of networks.get(uri) ?? []) {
      const fresh = { key: slug, label: name, held: 0, reported: 0, participations: 0 }
      addTo(entryOf(counts, slug, fresh), more)
    }
  return [...counts.values()]
}

/** Saves those that have changed: there is one for each commune. */
async function saveFirsts(db: OpenDatabase, firsts: Grouped['firsts']): Promise<void> {
  const known = await db.selectFrom('first_cafe').selectAll().execute()
  const before = new Map(known.map(({ code_insee, cafe_id }) => [code_insee, cafe_id]))
  const changed = [...firsts]
    .map(([code_insee, { cafeId: cafe_id }]) => ({ code_insee, cafe_id }))
    .filter(({ code_insee, cafe_id }) => before.get(code_insee) !== cafe_id)
  for (const part of splitRows(changed)) await inTransaction(db, (trx) => saveSomeFirsts(trx, part))
  const gone = known.map(({ code_insee }) => code_insee).filter((code) => !firsts.has(code))
  for (const part of splitRows(gone))
    await db.deleteFrom('first_cafe').where('code_insee', 'in', part).execute()
}

async function saveSomeFirsts(
  trx: Database,
  firsts: readonly { code_insee: string; cafe_id: string }[],
): Promise<void> {
  const ids = firsts.map(({ cafe_id }) => cafe_id)
  const rows = await trx.selectFrom('cafe').select('id').where('id', 'in', ids).execute()
  const there = new Set(rows.map(({ id }) => id))
  // One that was deleted meanwhile is nobody's first; the next count finds another.
  const values = firsts.filter(({ cafe_id }) => there.has(cafe_id))
  if (values.length === 0) return
  await trx
    .insertInto('first_cafe')
    .values(values)
    .onConflict((on) =>
      on.column('code_insee').doUpdateSet((eb) => ({ cafe_id: eb.ref('excluded.cafe_id') })),
    )
    .execute()
}
