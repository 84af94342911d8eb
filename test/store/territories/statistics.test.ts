import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../../node/domain/reports/report.ts'
import { allHeldOf, sumOf, toStatistics } from '../../../node/domain/territories/statistics.ts'
import { findCommune, wholeCommune } from '../../../node/geo/communes.ts'
import {
  readCountedValues,
  toCountedQuery,
} from '../../../node/routes/territories/counted-cafes.tsx'
import { fromInstantText } from '../../../node/store/database/columns.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { deleteReport, saveReport } from '../../../node/store/reports/reports.ts'
import { countReported } from '../../../node/store/search/reported-counts.ts'
import { token } from '../../../node/store/search-index/tokens.ts'
import { deleteCafes, updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { recountStatistics } from '../../../node/store/territories/recount-statistics.ts'
import {
  findCommunesCount,
  findRecentCount,
  listGroupCounts,
  listMonthlyCounts,
} from '../../../node/store/territories/statistics.ts'
import type { CountedValues } from '../../../ui/territories/counted-values.ts'
import { createRandom } from '../../bench/random.ts'
import { openWithCafes, someCafes } from '../../support/some-cafes.ts'

const announced = Temporal.Instant.from('2026-11-25T09:00:00Z')
const now = Temporal.Instant.from('2027-03-10T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>

beforeAll(async () => {
  ;({ db, close } = await openWithCafes(someCafes(300, announced), announced, 'BIB'))
})
afterAll(() => close())

const { next: random, pick } = createRandom(7)

const aReport = (cafeId: string): Report => {
  const isHeld = random() < 0.9
  const participants = isHeld ? Math.floor(random() * 80) : undefined
  const firstTimers =
    participants === undefined || random() < 0.4 ? undefined : Math.floor(random() * participants)
  return {
    ...{ cafeId, organizationId: 'organization-1', uri: undefined, isHeld },
    ...{ participants, firstTimers, format: undefined, nextSteps: undefined, words: undefined },
    ...{ isTextPublic: false, picture: undefined, pictureAlt: undefined, isPicturePublic: false },
    isCounted: random() < 0.95,
    hiddenReason: random() < 0.05 ? 'wrong' : undefined,
    ...{ createdAt: announced, updatedAt: random() < 0.9 ? now : announced, questions: [] },
  }
}

const change = (id: string, values: Parameters<typeof updateCafes>[1]) =>
  updateCafes(db, values, (update) => update.where('id', '=', id))

/** What may happen to a café and its report, the likely more often. */
const STEPS: ((id: string) => Promise<unknown>)[] = [
  ...Array.from({ length: 6 }, () => (id: string) => saveReport(db, aReport(id))),
  (id) => deleteReport(db, id),
  (id) => change(id, { status: 'cancelled' }),
  (id) => change(id, { status: 'postponed' }),
  (id) => change(id, { status: 'scheduled' }),
  (id) => change(id, { hidden_reason: pick(['team', null]) }),
  (id) => deleteCafes(db, [id]),
]

type Row = Awaited<ReturnType<typeof listRows>>[number]
/** Lists the cafés that everybody may see, with what counts of their reports. */
async function listRows() {
  const reports = await db.selectFrom('report').selectAll().execute()
  const shown = reports.filter((row) => row.is_counted && row.hidden_reason === null)
  const cafes = await db.selectFrom('cafe').selectAll().execute()
  const byId = new Map(shown.map((row) => [row.cafe_id, row]))
  return cafes
    .filter((cafe) => cafe.publication === 'published' && cafe.hidden_reason === null)
    .map((cafe) => {
      const told = byId.get(cafe.id)
      const report = told && told.updated_at >= cafe.starts_at ? told : undefined
      const isOver = Temporal.Instant.compare(fromInstantText(cafe.ends_at), now) <= 0
      const isOn = cafe.status !== 'cancelled' && cafe.status !== 'postponed'
      const isHeld = isOver && isOn && report?.is_held !== 0
      return { cafe, isOver, isHeld, report: isHeld ? report : undefined }
    })
}

const sumOfParticipants = (rows: readonly Row[]): number =>
  rows.reduce((sum, { report }) => sum + (report?.participants ?? 0), 0)
const reportedOf = (rows: readonly Row[]) => rows.filter(({ report }) => report !== undefined)

/** Counts what the address of a figure lists. */
const countListed = (asked: Partial<CountedValues>) => {
  const values = readCountedValues((name) => asked[name as keyof CountedValues])
  return countReported(db, { ...toCountedQuery(values, now), order: 'recent', isOurs: true })
}

test('every figure is the count of the rows, and leads to as many cafés, whatever happened', async () => {
  const ids = (await db.selectFrom('cafe').select('id').orderBy('id').execute()).map(({ id }) => id)
  for (const id of ids.slice(150)) await saveReport(db, aReport(id))
  for (let round = 0; round < 2; round++) {
    for (let step = 0; step < 100; step++) {
      const id = pick(ids)
      const isThere = await db.selectFrom('cafe').select('id').where('id', '=', id).execute()
      if (isThere.length > 0) await pick(STEPS)(id)
    }
    await recountStatistics(db, { now, isOurs: true })
    const rows = await listRows()
    await expectTotals(rows)
    await expectGroups(rows)
  }
})

async function expectTotals(rows: readonly Row[]) {
  const held = rows.filter(({ isHeld }) => isHeld)
  const open = rows.filter(({ cafe }) => cafe.open_to === 'public')
  const reported = reportedOf(held)
  const asked = reported.filter(({ report }) => report?.first_timers !== null)
  const monthly = await listMonthlyCounts(db)
  expect(sumOf(monthly)).toEqual({
    held: open.filter(({ isHeld }) => isHeld).length,
    reserved: held.filter(({ cafe }) => cafe.open_to === 'reserved').length,
    toCome: open.filter(({ cafe, isOver }) => !isOver && cafe.status !== 'cancelled').length,
    cancelled: open.filter(({ cafe }) => cafe.status === 'cancelled').length,
    reported: reported.length,
    participations: sumOfParticipants(reported),
    firstTimers: asked.reduce((sum, { report }) => sum + (report?.first_timers ?? 0), 0),
    askedFirst: sumOfParticipants(asked),
  })
  const [total, cancelled] = [sumOf(monthly), await countListed({ annules: '1' })]
  expect(total.reported).toBeGreaterThan(30)
  expect(cancelled.total).toBe(total.cancelled)
  const all = { total: allHeldOf(total), participations: total.participations }
  expect(await countListed({})).toMatchObject(all)
  expect(await countListed({ bilan: '1' })).toMatchObject({ ...all, total: total.reported })
  const statistics = toStatistics(monthly, { organizers: 0, countedAt: now })
  for (const { month, ...sum } of statistics.byMonth)
    expect(await countListed({ mois: month.toString() })).toMatchObject({
      ...{ total: allHeldOf(sum), participations: sum.participations },
    })
  for (const { departement, ...sum } of statistics.byDepartement)
    expect(await countListed({ territoire: departement, bilan: '1' })).toMatchObject({
      ...{ total: sum.reported, participations: sum.participations },
    })
  for (const { month, toCome } of statistics.byMonth)
    expect((await countListed({ annonces: 'a-venir', mois: month.toString() })).total).toBe(toCome)
  expect((await countListed({ annonces: 'a-venir' })).total).toBe(total.toCome)
  expect((await countListed({ annonces: 'tous' })).total).toBe(total.held + total.toCome)
  expect((await countListed({ annonces: 'places' })).total).toBe(statistics.placed)
  const since = statistics.byMonth.at(1)?.month
  const recent = sumOf(statistics.byMonth.slice(1))
  expect((await countListed({ annonces: 'tous', depuis: since?.toString() ?? '' })).total).toBe(
    recent.held + recent.toCome,
  )
  const outside = statistics.byDepartement.filter(({ departement }) => departement !== '75')
  expect((await countListed({ hors: '75' })).total).toBe(allHeldOf(sumOf(outside)))
}

async function expectGroups(rows: readonly Row[]) {
  const held = rows.filter(({ isHeld }) => isHeld)
  const recent = await findRecentCount(db)
  const days = held.filter(({ cafe }) => {
    const day = cafe.wall_starts_at.slice(0, 10)
    return day >= '2027-02-08' && day <= '2027-03-09'
  })
  expect(recent).toMatchObject({
    ...{
      held: days.length,
      reported: reportedOf(days).length,
      participations: sumOfParticipants(days),
    },
  })
  const listed = await countListed({ du: '2027-02-08', au: '2027-03-09' })
  expect(listed).toMatchObject({ total: days.length, participations: sumOfParticipants(days) })
  const communes = new Set(
    held.flatMap(({ cafe }) => {
      const commune = cafe.code_insee === null ? undefined : findCommune(cafe.code_insee)
      return commune ? [wholeCommune(commune).codeInsee] : []
    }),
  )
  const firsts = await findCommunesCount(db)
  expect(firsts.total).toBe(communes.size)
  expect((await countListed({ premiers: '1' })).total).toBe(communes.size)
  expect((await countListed({ premiers: '1', bilan: '1' })).total).toBe(firsts.reported)
  const groups = await listGroupCounts(db)
  expect(groups.find(({ grouping }) => grouping === 'type')).toMatchObject({
    ...{ key: 'BIB', held: held.length, participations: sumOfParticipants(held) },
  })
  // Two spellings of « débat mouvant », and two of « atelier », are one format each.
  const formats = groups.filter(({ grouping }) => grouping === 'format')
  expect(formats).toHaveLength(2)
  for (const { key, label, ...counts } of formats) {
    const same = held.filter(({ cafe }) => cafe.format && token.format(cafe.format) === key)
    expect(counts).toMatchObject({
      ...{
        held: same.length,
        reported: reportedOf(same).length,
        participations: sumOfParticipants(same),
      },
    })
    expect(await countListed({ format: label })).toMatchObject({
      ...{ total: counts.held, participations: counts.participations },
    })
    expect((await countListed({ format: label, bilan: '1' })).total).toBe(counts.reported)
  }
}
