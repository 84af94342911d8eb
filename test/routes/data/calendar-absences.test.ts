import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { organizerOf } from '../../../node/routes/workspaces/organizer.ts'
import { listCalendars } from '../../../node/store/cafes/followed-calendars.ts'
import { listBroughtCafes } from '../../../node/store/cafes/import-snapshots.ts'
import { createCafe } from '../../../node/store/cafes/own-cafes.ts'
import { calendarOf } from '../../support/imports.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { cancelCafe, SOMEBODY } from '../../support/own-cafes.ts'
import {
  agenda,
  cafes,
  calendars,
  event,
  follow,
  give,
  readIn,
  server,
  states,
  useCalendarServer,
} from './followed-calendar.ts'

useCalendarServer()

describe('a café that a complete calendar no longer contains', () => {
  const missing = async () => {
    const [calendar] = await listCalendars(server.context.db, server.organization.id)
    const brought = await listBroughtCafes(
      server.context.db,
      calendar?.id ?? '',
      server.context.now(),
    )
    return brought.filter(({ missingSince }) => missingSince).length
  }

  test('is cancelled after a day, and comes back with it', async () => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    await readIn({ hours: 1 }, give(agenda(6, [4])))
    await readIn({ hours: 22 })
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
    expect(await missing()).toBe(1)
    await readIn({ hours: 2 })
    expect(await states()).toEqual([
      ...['scheduled', 'scheduled', 'scheduled'],
      ...['cancelled', 'scheduled', 'scheduled'],
    ])
    await readIn({ hours: 1 }, give(agenda(6)))
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
  })

  test('is forgiven when it is there again within the day', async () => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    await readIn({ hours: 1 }, give(agenda(6, [4])))
    await readIn({ hours: 20 }, give(agenda(6)))
    await readIn({ hours: 20 }, give(agenda(6, [4])))
    await readIn({ hours: 20 })
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
  })

  test.each([
    ['all', calendarOf()],
    ['half of all', agenda(3)],
  ])('stays when it is %s: the team decides', async (_, text) => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    const before = await cafes()
    for (let day = 0; day < 4; day++) await readIn({ hours: 25 }, give(text))
    // Two days of December have passed meanwhile, so the first cafés are over.
    expect((await cafes()).slice(3)).toEqual(before.slice(3))
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
    expect(await missing()).toBeGreaterThan(0)
  })

  test('is not one whose event cannot be read any more, or is private now', async () => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    const [first, ...others] = [1, 2, 3, 4, 5, 6].map((n) => event(n))
    const broken = first?.map((line) => line.replace(/^SUMMARY:.*/, 'SUMMARY:'))
    await readIn({ hours: 1 }, give(calendarOf(broken ?? [], ...others)))
    await readIn({ hours: 25 })
    await readIn({ hours: 1 }, give(calendarOf(event(1, 'CLASS:PRIVATE'), ...others)))
    await readIn({ hours: 25 })
    expect(new Set(await states())).toEqual(new Set(['scheduled']))
    expect(await missing()).toBe(0)
  })

  test('is not looked for in a calendar whose UIDs change at each reading', async () => {
    await follow()
    let reading = 0
    const renamed: RequestListener = (request, response) => {
      reading += 1
      give(agenda(6).replaceAll(/UID:/g, `UID:${reading}-`))(request, response)
    }
    await readIn({ seconds: 0 }, renamed)
    const before = await cafes()
    for (let count = 0; count < 3; count++) await readIn({ hours: 13 }, renamed)
    expect(reading).toBe(4)
    expect(await cafes()).toEqual(before)
    expect(await missing()).toBe(0)
  })

  test('is neither one that somebody cancelled here nor one of another calendar', async () => {
    await follow()
    await readIn({ seconds: 0 }, give(agenda(6)))
    const [first] = await cafes()
    if (!first) throw new Error('no café')
    const cancelled = { id: first.id, reason: 'Panne' }
    await cancelCafe(server.context.db, cancelled, server.context.now())
    await follow({ address: `${calendars.origin}/other.ics` })
    const other = calendarOf(event(6), event(9))
    await readIn({ hours: 1 }, (request, response) =>
      give(request.url === '/other.ics' ? other : agenda(6, [1]))(request, response),
    )
    await readIn({ hours: 25 })
    expect((await cafes()).map(({ status, statusNote }) => statusNote ?? status)).toEqual([
      'Panne',
      ...['scheduled', 'scheduled', 'scheduled', 'scheduled', 'scheduled', 'scheduled'],
    ])
    expect(await missing()).toBe(0)
  })
})

describe('a café of another source, or one that was made here, does not belong to the calendar', () => {
  const published = async () =>
    (await cafes()).map(({ title, status, recurrenceId }) => [title, status, recurrenceId])

  test.each<[string, (uid: string, address: string) => string[]]>([
    ['by its UID', (uid) => [`UID:${uid}`]],
    ['by its address', (_, address) => [`UID:${address}`]],
    ['by its UID and its address', (uid, address) => [`UID:${uid}`, `URL:${address}`]],
    ['to cancel it', (uid) => [`UID:${uid}`, 'STATUS:CANCELLED']],
  ])('a café made here, named %s', async (_, name) => {
    const { db } = server.context
    const { organization } = server
    const { origin } = server.context.config
    const made = await createCafe(
      db,
      {
        by: SOMEBODY,
        content: ownCafe({ title: 'Le nôtre' }),
        ...{ organizationId: organization.id, origin, publication: 'published' },
        organizer: organizerOf({ origin }, organization),
      },
      server.context.now(),
    )
    const before = await published()
    await follow()
    const claim = calendarOf(event(1), event(2, ...name(made.uid, made.uri)))
    const read = await readIn({ seconds: 0 }, give(claim))
    expect(read).toMatchObject({ cafes: 1, aside: 1, fault: undefined })
    expect(await published()).toEqual(expect.arrayContaining(before))
    expect(await cafes()).toHaveLength(2)
    await readIn({ hours: 1 }, give(agenda(1)))
    await readIn({ hours: 25 })
    expect(await published()).toEqual(expect.arrayContaining(before))
    expect(await db.selectFrom('imported').select('cafe_id').execute()).toHaveLength(1)
  })

  test.each([
    ['changed', [event(1, 'SUMMARY:Autrement')]],
    ['cancelled', [event(1, 'STATUS:CANCELLED')]],
    ['taken out', [event(1, 'RRULE:FREQ=WEEKLY;COUNT=8', 'EXDATE:20261202T173000Z')]],
    ['a series that lost it', [event(1, 'RRULE:FREQ=WEEKLY;COUNT=8', 'DTSTART:20261201T173000Z')]],
  ])('a café of another calendar, %s', async (_, claim) => {
    await follow()
    const series = calendarOf(event(1, 'RRULE:FREQ=WEEKLY;COUNT=3'))
    await readIn({ seconds: 0 }, give(series))
    const before = await published()
    await follow({ address: `${calendars.origin}/other.ics` })
    await readIn({ minutes: 1 }, (request, response) =>
      give(request.url === '/other.ics' ? calendarOf(...claim) : series)(request, response),
    )
    expect(await published()).toEqual(expect.arrayContaining(before))
  })
})
