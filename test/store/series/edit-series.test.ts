import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Cafe, startsAtPlace } from '../../../node/domain/cafes/cafe.ts'
import { type Author, decideCancellation, decideDeletion } from '../../../node/domain/cafes/edit.ts'
import { addDate, endBefore, skipDay, withoutDays } from '../../../node/domain/series/changes.ts'
import { ownFieldsOf } from '../../../node/domain/series/own-fields.ts'
import {
  dayOf,
  instantOf,
  type Recurrence,
  toWallTime,
} from '../../../node/domain/series/recurrence.ts'
import type { DateField, Series } from '../../../node/domain/series/series.ts'
import { saveEdit } from '../../../node/store/accounts/saved-edit.ts'
import { OWN_CAFE } from '../../../node/store/cafes/own-cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import {
  deleteSeries,
  type SeriesEdit,
  saveSeriesEdit,
} from '../../../node/store/series/edit-series.ts'
import { createSeries } from '../../../node/store/series/plan-dates.ts'
import { findSeries, listMadeDates } from '../../../node/store/series/series.ts'
import { isOnPostgres, openTestDatabase } from '../../support/database.ts'
import { times } from '../../support/full.ts'
import { aSeries, HOME, insertHome } from '../../support/some-series.ts'

const TEAM: Author = { kind: 'team', name: 'camille@canal.example' }
const START = Temporal.Instant.from('2026-12-01T09:00:00Z')
let now = START
let db: OpenDatabase
let close: () => Promise<void>

beforeEach(async () => {
  now = START
  ;({ db, close } = await openTestDatabase())
  await insertHome(db, now)
})
afterEach(() => close())

const create = (recurrence: Partial<Recurrence> = {}) =>
  createSeries(db, { series: aSeries(now, recurrence), home: HOME, by: TEAM }, now)

const edit = (
  series: Series,
  change: (current: Series) => Partial<Series>,
  asked: Partial<SeriesEdit> = {},
) =>
  saveSeriesEdit(
    db,
    {
      ...{ id: series.id, by: TEAM, seen: undefined, home: HOME },
      decide: (current) => ({ value: { ...current, ...change(current) } }),
      ...asked,
    },
    now,
  )

const titled =
  (title: string) =>
  ({ content }: Series) => ({ content: { ...content, title } })
const ruled =
  (change: (recurrence: Recurrence) => Recurrence) =>
  ({ recurrence }: Series) => ({
    recurrence: change(recurrence),
  })
const withHour = (hour: string) =>
  ruled((recurrence) => ({ ...recurrence, start: `${dayOf(recurrence.start)}T${hour}` }))

const editByHand = (cafe: Cafe | undefined, change: (cafe: Cafe) => Cafe) =>
  saveEdit(
    db,
    OWN_CAFE,
    {
      ...{ id: cafe?.id ?? '', by: TEAM, seen: undefined },
      decide: (current) => ({ value: change(current) }),
    },
    now,
  )

const moveTo = (hour: string) => (cafe: Cafe) => {
  const startsAt = instantOf(`${startsAtPlace(cafe).toPlainDate()}T${hour}`, cafe.timezone)
  return { ...cafe, startsAt, endsAt: startsAt.add({ minutes: 90 }) }
}

/** What somebody sees of the dates of a series: when, what, and whether it takes place. */
async function seen({ id }: Series) {
  const made = await listMadeDates(db, id)
  return made.flatMap(({ cafe }) => (cafe ? [lineOf(cafe)] : []))
}

const lineOf = (cafe: Cafe) =>
  `${toWallTime(startsAtPlace(cafe)).slice(5)} ${cafe.title}${cafe.status === 'scheduled' ? '' : ` ${cafe.status}`}`

const nth = async ({ id }: Series, at: number) => (await listMadeDates(db, id))[at]

const FOUR = { rrule: 'FREQ=WEEKLY;COUNT=4' }

describe('an edit of a date and of those after it', () => {
  test('leaves what is before; what was changed by hand stays, and is taken back where it is asked', async () => {
    const series = await create(FOUR)
    await editByHand((await nth(series, 2))?.cafe, (cafe) => ({
      ...moveTo('14:00')(cafe),
      title: 'Chez nous',
    }))
    expect(ownFieldsOf((await nth(series, 2))?.own ?? {})).toEqual(['title', 'startsAt'])
    await edit(series, withHour('18:00'), { from: '2026-12-17' })
    await edit(series, titled('Une table'), { fields: ['title'] })
    expect(await seen(series)).toEqual([
      '12-10T18:30 Une table',
      '12-17T18:00 Une table rescheduled',
      '12-24T14:00 Chez nous',
      '12-31T18:00 Une table rescheduled',
    ])
    await edit(series, titled('Une table'), { fields: [], takenBack: ['2026-12-24T18:00'] })
    expect((await seen(series))[2]).toBe('12-24T18:00 Une table rescheduled')
    expect((await nth(series, 2))?.own).toEqual({})
  })

  test('makes the dates before it first, as they were', async () => {
    const series = await create()
    await edit(series, withHour('18:00'), { from: '2027-03-04' })
    const lines = await seen(series)
    expect(lines.filter((line) => line.includes('18:30')).at(-1)).toBe(
      '02-25T18:30 L’IA à notre table',
    )
    expect((await findSeries(db, series.id))?.recurrence.start).toBe('2027-03-04T18:00')
    const far = await edit(series, titled('Une table'), { from: '2030-01-03' })
    expect(far).toEqual({
      outcome: 'refused',
      problems: [{ field: 'from', code: 'invalid', detail: '2030-01-03' }],
    })
  })

  test('that is moved to another weekday moves its cafés, of which none is made anew', async () => {
    const series = await create(FOUR)
    const ids = (await listMadeDates(db, series.id)).map(({ cafe }) => cafe?.id)
    await edit(
      series,
      ruled(() => ({
        ...{ start: '2026-12-11T18:30', rrule: 'FREQ=WEEKLY;COUNT=4', exclude: [], include: [] },
      })),
      { from: '2026-12-17' },
    )
    expect((await listMadeDates(db, series.id)).map(({ cafe }) => cafe?.id)).toEqual(ids)
    expect((await seen(series)).map((line) => line.slice(0, 5))).toEqual([
      '12-10',
      '12-18',
      '12-25',
      '01-01',
    ])
  })
})

describe('an edit of the whole series', () => {
  test('leaves what has begun, and cancels what its new rule has not; what it has again takes place', async () => {
    const series = await create(FOUR)
    now = Temporal.Instant.from('2026-12-11T09:00:00Z')
    await edit(
      series,
      ruled((recurrence) => ({ ...recurrence, rrule: 'FREQ=WEEKLY;INTERVAL=2;COUNT=3' })),
      {
        reason: 'Une semaine sur deux',
      },
    )
    expect(await seen(series)).toEqual([
      '12-10T18:30 L’IA à notre table',
      '12-17T18:30 L’IA à notre table cancelled',
      '12-24T18:30 L’IA à notre table',
      '12-31T18:30 L’IA à notre table cancelled',
      '01-07T18:30 L’IA à notre table',
    ])
    await edit(
      series,
      ruled((recurrence) => ({ ...recurrence, rrule: 'FREQ=WEEKLY;COUNT=5' })),
    )
    expect((await seen(series)).filter((line) => line.endsWith('cancelled'))).toEqual([])
  })

  test('does not let a date take place again that was cancelled by hand', async () => {
    const series = await create(FOUR)
    await editByHand(
      (await nth(series, 1))?.cafe,
      (cafe) => decideCancellation(cafe, 'Panne').value,
    )
    await edit(series, titled('Une table'))
    expect((await seen(series))[1]).toBe('12-17T18:30 Une table cancelled')
    await edit(series, () => ({}), { fields: [], takenBack: ['2026-12-17T18:30'] })
    expect((await seen(series))[1]).toBe('12-17T18:30 Une table')
  })

  test('skips, pauses and ends it', async () => {
    const series = await create({ rrule: 'FREQ=WEEKLY;COUNT=8' })
    await edit(
      series,
      ruled((recurrence) => skipDay(recurrence, '2026-12-24')),
    )
    await edit(
      series,
      ruled((recurrence) => withoutDays(recurrence, '2026-12-30', '2027-01-08')),
    )
    await edit(
      series,
      ruled((recurrence) => addDate(recurrence, '2027-01-16T10:00')),
    )
    await edit(
      series,
      ruled((recurrence) => endBefore(recurrence, '2027-01-28')),
      { dropped: 'deleted' },
    )
    expect((await seen(series)).map((line) => line.replace(/T\S+ .*table/, ''))).toEqual([
      ...['12-10', '12-17', '12-24 cancelled', '12-31 cancelled', '01-07 cancelled'],
      ...['01-14', '01-16', '01-21'],
    ])
  })

  test('leaves a date deleted that was deleted alone, until it is added again', async () => {
    const series = await create(FOUR)
    await saveEdit(
      db,
      OWN_CAFE,
      {
        ...{ id: (await nth(series, 1))?.cafe?.id ?? '', by: TEAM, seen: undefined },
        decide: decideDeletion,
      },
      now,
    )
    await edit(series, titled('Une table'))
    expect(await seen(series)).toHaveLength(3)
    await edit(
      series,
      ruled((recurrence) => addDate(recurrence, '2026-12-17')),
    )
    expect((await seen(series))[1]).toBe('12-17T18:30 Une table')
  })

  test('that changes nothing tells nobody', async () => {
    const series = await create(FOUR)
    const count = async () => (await db.selectFrom('change').select('id').execute()).length
    const before = await count()
    await edit(series, () => ({}))
    expect(await count()).toBe(before)
  })
})

test('a series that is deleted goes with its cafés to come; those that were held stay', async () => {
  const series = await create(FOUR)
  now = Temporal.Instant.from('2026-12-18T09:00:00Z')
  await deleteSeries(db, { id: series.id, by: TEAM, seen: undefined }, now)
  expect(await findSeries(db, series.id)).toBeUndefined()
  const left = await db.selectFrom('cafe').select('starts_at').orderBy('starts_at').execute()
  expect(left.map(({ starts_at }) => starts_at.slice(0, 10))).toEqual(['2026-12-10', '2026-12-17'])
})

type Field = 'title' | 'hour'
type Cell = {
  day: string
  said: Record<Field, string>
  own: Partial<Record<Field, string>>
  isOff: boolean
}
type Deed =
  | { kind: 'date'; at: number; field: Field; to: string }
  | { kind: 'off'; at: number }
  | { kind: 'following'; at: number; field: Field; to: string }
  | { kind: 'all'; field: Field; to: string }
  | { kind: 'back'; at: number }
  | { kind: 'wait' }

const LENGTH = 6
const at = fc.nat(LENGTH - 1)
const value = fc.constantFrom<[Field, string]>(
  ...(['A la table', 'Autour', 'Chez nous'].map((title) => ['title', title]) as [Field, string][]),
  ...(['18:30', '18:00', '14:00'].map((hour) => ['hour', hour]) as [Field, string][]),
)
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.tuple(at, value).map(([at, [field, to]]): Deed => ({ kind: 'date', at, field, to })),
  at.map((at): Deed => ({ kind: 'off', at })),
  fc.tuple(at, value).map(([at, [field, to]]): Deed => ({ kind: 'following', at, field, to })),
  value.map(([field, to]): Deed => ({ kind: 'all', field, to })),
  at.map((at): Deed => ({ kind: 'back', at })),
  fc.constant<Deed>({ kind: 'wait' }),
)

test(`dates, those that follow and the whole series are edited in any order as anybody would expect`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deeds, { minLength: 1, maxLength: 8 }), async (list) => {
      now = START
      const series = await create({ rrule: `FREQ=WEEKLY;COUNT=${LENGTH}` })
      const model = await startModel(series)
      for (const deed of list) {
        await act(series, deed, model)
        play(deed, model)
      }
      const made = await listMadeDates(db, series.id)
      expect(made.map(({ cafe }) => cafe && shortOf(cafe))).toEqual(model.cells.map(shown))
      expect(made.map(({ own }) => Object.keys(own).length > 0)).toEqual(
        model.cells.map(({ own, isOff }) => isOff || Object.keys(own).length > 0),
      )
    }),
    { numRuns: times(isOnPostgres ? 8 : 25, 200) },
  )
}, 120_000)

type Model = { cells: Cell[]; says: Record<Field, string> }

async function startModel(series: Series): Promise<Model> {
  const says = { title: series.content.title, hour: '18:30' }
  const made = await listMadeDates(db, series.id)
  return {
    says,
    cells: made.map(({ date }) => ({ day: dayOf(date), said: { ...says }, own: {}, isOff: false })),
  }
}

const shown = ({ day, said, own, isOff }: Cell) =>
  `${day} ${own.hour ?? said.hour} ${own.title ?? said.title}${isOff ? ' off' : ''}`

const shortOf = (cafe: Cafe) => {
  const [day, hour] = toWallTime(startsAtPlace(cafe)).split('T')
  return `${day} ${hour} ${cafe.title}${cafe.status === 'cancelled' ? ' off' : ''}`
}

const hasBegun = ({ day, said, own }: Cell) =>
  Temporal.Instant.compare(instantOf(`${day}T${own.hour ?? said.hour}`, 'Europe/Paris'), now) < 0

function play(deed: Deed, { cells, says }: Model): void {
  if (deed.kind === 'wait') return
  if (deed.kind === 'all' || deed.kind === 'following') {
    const open = cells.filter(
      (cell, at) => !hasBegun(cell) && (deed.kind === 'all' || at >= deed.at),
    )
    says[deed.field] = deed.to
    for (const { said } of open) said[deed.field] = deed.to
    return
  }
  const cell = cells[deed.at]
  if (!cell || hasBegun(cell)) return
  if (deed.kind === 'off') cell.isOff = true
  else if (deed.kind === 'back') Object.assign(cell, { own: {}, isOff: false })
  else if (deed.to === cell.said[deed.field]) delete cell.own[deed.field]
  else cell.own[deed.field] = deed.to
}

const fieldsOf = (deed: Deed): DateField[] =>
  'field' in deed ? [deed.field === 'hour' ? 'startsAt' : deed.field] : []

async function act(series: Series, deed: Deed, { cells }: Model): Promise<void> {
  if (deed.kind === 'wait') {
    now = now.add({ hours: 24 * 9 })
    return
  }
  const change =
    'field' in deed ? (deed.field === 'title' ? titled(deed.to) : withHour(deed.to)) : () => ({})
  const fields = fieldsOf(deed)
  if (deed.kind === 'all') {
    await edit(series, change, { fields })
    return
  }
  const cell = cells[deed.at]
  if (deed.kind === 'following') {
    await edit(series, change, { fields, from: cell?.day })
    return
  }
  const made = await nth(series, deed.at)
  if (!cell || !made || hasBegun(cell)) return
  if (deed.kind === 'back') await edit(series, change, { fields: [], takenBack: [made.date] })
  else if (deed.kind === 'off')
    await editByHand(made.cafe, (cafe) => decideCancellation(cafe, 'Panne').value)
  else
    await editByHand(made.cafe, (cafe) =>
      deed.field === 'title' ? { ...cafe, title: deed.to } : moveTo(deed.to)(cafe),
    )
}
