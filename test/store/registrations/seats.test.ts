import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { REGISTRATIONS_OF_CAFE } from '../../../node/domain/limits/limits.ts'
import type { Registration } from '../../../node/domain/registrations/registration.ts'
import { countTaken } from '../../../node/domain/registrations/seating.ts'
import { findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { endHold } from '../../../node/store/registrations/groups.ts'
import { deleteOldRegistrations } from '../../../node/store/registrations/purge.ts'
import {
  findRegistration,
  listCafesToSeat,
  listRegistrations,
} from '../../../node/store/registrations/registrations.ts'
import type { Seating } from '../../../node/store/registrations/seating.ts'
import {
  type Asked,
  addRegistration,
  answerOffer,
  changeSeats,
  confirmRegistration,
  endRegistration,
  shareSeats,
  updateOffers,
} from '../../../node/store/registrations/seats.ts'
import { REGISTRATION } from '../../../node/store/schema/registrations.ts'
import { openTestDatabase } from '../../support/database.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { insertHome } from '../../support/some-series.ts'

const now = Temporal.Instant.from('2026-12-01T09:00:00Z')
let db: OpenDatabase
let close: () => Promise<void>
let cafe: Cafe

beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
  await insertHome(db, now)
  cafe = {
    ...ownCafe({
      startsAt: now.add({ hours: 24 * 9 }),
      endsAt: now.add({ hours: 24 * 9 + 2 }),
      registration: { mode: 'local', url: undefined, capacity: 12, seatsLeft: 12, waitlist: true },
    }),
    organizationId: 'canal',
  }
  await saveCafe(db, cafe)
})
afterEach(() => close())

const asked = (index: number, some: Partial<Asked> = {}): Asked => ({
  ...{ side: 'onsite', seats: 1, name: `Personne ${index}`, email: `p${index}@exemple.example` },
  ...{ phone: undefined, actorUri: undefined, source: 'team', isByAdult: false },
  ...{ formToken: undefined, needs: [], ...some },
})

const inSeats = async <T>(
  at: Temporal.Instant,
  work: (seating: Seating) => Promise<T>,
): Promise<T> => {
  const done: T[] = []
  await shareSeats({ db, now: () => at }, cafe.id, async (seating) => {
    done[0] = await work(seating)
  })
  return done[0] as T
}

const ask = (index: number, some: Partial<Asked> = {}, at = now) =>
  inSeats(at, async (seating) => {
    const event = await addRegistration(seating, asked(index, some))
    return 'free' in event ? expect.fail() : event
  })

const idOf = async (asking: ReturnType<typeof ask>) => (await asking).registration.id

/** Does something to a registration as it is then. */
const act = <T>(id: string, work: (seating: Seating, one: Registration) => Promise<T>, at = now) =>
  inSeats(at, async (seating) =>
    work(seating, (await findRegistration(seating.trx, id)) ?? expect.fail()),
  )
const cancel = (id: string, at = now) => act(id, endRegistration, at)
const prove = (id: string, at = now) => act(id, confirmRegistration, at)

const offer = (at = now) => inSeats(at, updateOffers)
const stateOf = async (id: string) => (await findRegistration(db, id))?.state
const seatsLeft = async () => (await findCafe(db, cafe.id))?.registration.seatsLeft

test('two hundred who ask at once for twelve seats are twelve, and a waiting list in their order', async () => {
  const events = await Promise.all(Array.from({ length: 200 }, (_, index) => ask(index)))
  const all = await listRegistrations(db, cafe.id)
  expect(all.filter(({ state }) => state === 'confirmed')).toHaveLength(12)
  expect(all.slice(12).every(({ state }) => state === 'waiting')).toBe(true)
  expect(new Set(all.map(({ rank }) => rank)).size).toBe(200)
  expect(events.filter(({ what }) => what === 'confirmed')).toHaveLength(12)
  expect(await seatsLeft()).toBe(0)
})

test('who asks twice at once has one registration', async () => {
  const events = await Promise.all([ask(1), ask(1), ask(1)])
  expect(events.map(({ what }) => what).toSorted()).toEqual([
    'asked-again',
    'asked-again',
    'confirmed',
  ])
  expect(await listRegistrations(db, cafe.id)).toHaveLength(1)
  expect(await seatsLeft()).toBe(11)
})

describe('an address of the form', () => {
  test('holds seats for half an hour, and keeps them when it is proven', async () => {
    const id = await idOf(ask(1, { source: 'form', seats: 3 }))
    expect([await stateOf(id), await seatsLeft()]).toEqual(['unproven', 9])
    await prove(id, now.add({ minutes: 29 }))
    expect([await stateOf(id), await seatsLeft()]).toEqual(['confirmed', 9])
  })

  test('that is proven too late waits where the seats were given to others', async () => {
    const id = await idOf(ask(1, { source: 'form', seats: 3 }))
    const later = now.add({ minutes: 31 })
    for (let index = 2; index < 14; index++) await ask(index, {}, later)
    await prove(id, later)
    expect([await stateOf(id), await seatsLeft()]).toEqual(['waiting', 0])
  })
})

describe('a seat that becomes free', () => {
  test('is offered to the first whose number fits; who is passed over keeps their rank', async () => {
    const first = await idOf(ask(0))
    for (let index = 1; index < 12; index++) await ask(index)
    const three = await idOf(ask(20, { seats: 3 }))
    const one = await idOf(ask(21))
    await cancel(first, now)
    expect((await offer()).map(({ registration }) => registration.id)).toEqual([one])
    expect([await stateOf(three), await stateOf(one), await seatsLeft()]).toEqual([
      'waiting',
      'offered',
      0,
    ])
    expect(await offer()).toEqual([])
    expect(await idOf(ask(22))).toBeTruthy()
    expect(await seatsLeft()).toBe(0)
  })

  test('goes to the next when the offer is not answered in time, and is offered once', async () => {
    const first = await idOf(ask(0))
    for (let index = 1; index < 12; index++) await ask(index)
    const [one, two] = [await idOf(ask(20)), await idOf(ask(21))]
    await cancel(first, now)
    await Promise.all([offer(), offer(), offer()])
    expect([await stateOf(one), await stateOf(two)]).toEqual(['offered', 'waiting'])
    const later = now.add({ hours: 25 })
    expect((await offer(later)).map(({ what }) => what)).toEqual(['lapsed', 'offered'])
    expect([await stateOf(one), await stateOf(two)]).toEqual(['lapsed', 'offered'])
    const answer = (isAccepted: boolean) =>
      act(two, (seating, registration) => answerOffer(seating, { registration, isAccepted }), later)
    expect((await Promise.all([answer(true), answer(true)])).filter(Boolean)).toHaveLength(1)
    expect([await stateOf(two), await seatsLeft()]).toEqual(['confirmed', 0])
  })

  test('is for whoever asks first in the last hours', async () => {
    const first = await idOf(ask(0))
    for (let index = 1; index < 12; index++) await ask(index)
    await ask(20)
    const soon = cafe.startsAt.subtract({ minutes: 90 })
    await cancel(first, soon)
    expect(await offer(soon)).toEqual([])
    expect((await ask(21, {}, soon)).what).toBe('confirmed')
  })
})

test('more seats than there are free are refused, and the registration keeps those that it has', async () => {
  const id = await idOf(ask(0, { seats: 2 }))
  await ask(1, { seats: 6 })
  await ask(2, { seats: 3 })
  const change = (seats: number) =>
    act(id, (seating, registration) => changeSeats(seating, { registration, seats }))
  expect(await change(4)).toEqual({ free: 3 })
  expect(await change(3)).toMatchObject({ registration: { seats: 3 } })
  expect(await seatsLeft()).toBe(0)
})

test('of whom nothing is proven gets no more than half of the seats by asking for more, but from the team', async () => {
  const byPhone = { source: 'form', email: undefined, phone: '0639980000' } as const
  const id = await idOf(ask(0, byPhone))
  await ask(1, { ...byPhone, seats: 3 })
  const change = (seats: number, mayProve = true) =>
    act(id, (seating, registration) => changeSeats(seating, { registration, seats, mayProve }))
  expect(await change(4)).toEqual({ free: 3 })
  expect(await change(3)).toMatchObject({ registration: { seats: 3 } })
  expect(await change(4)).toEqual({ free: 3 })
  expect(await change(4, false)).toMatchObject({ registration: { seats: 4 } })
})

test('false addresses that hold all seats do not leave them to false numbers that wait', async () => {
  const byPhone = { source: 'form', email: undefined, phone: '0639980000', seats: 3 } as const
  for (const index of [0, 1]) await ask(index, { source: 'form', seats: 6 })
  for (const index of [2, 3]) expect((await ask(index, byPhone)).what).toBe('waiting')
  const third = await inSeats(now, (seating) => addRegistration(seating, asked(4, byPhone)))
  expect(third).toEqual({ free: 0, why: 'must-prove' })
  const later = now.add({ minutes: 31 })
  expect(await offer(later)).toHaveLength(2)
  const { registration } = await ask(5, { source: 'form', seats: 6 }, later)
  expect(String(registration.heldUntil)).toBe(String(later.add({ minutes: 30 })))
})

test('a café without a number of seats has an end too, which tells nobody who is registered', async () => {
  await saveCafe(db, {
    ...cafe,
    registration: { ...cafe.registration, capacity: undefined, seatsLeft: undefined },
  })
  const first = await idOf(ask(0, { source: 'form' }))
  await prove(first)
  const [one] = await listRegistrations(db, cafe.id)
  if (!one) return expect.fail()
  const fill = async (from: number, to: number, some: Partial<Registration>) => {
    const rows = Array.from({ length: to - from }, (_, nth) =>
      REGISTRATION.toRow({ ...one, id: `${from + nth}`, rank: from + nth, ...some }),
    )
    for (let at = 0; at < rows.length; at += 500)
      await db
        .insertInto('registration')
        .values(rows.slice(at, at + 500))
        .execute()
  }
  const byPhone = { source: 'form', email: undefined, phone: '0639980000' } as const
  const answer = (some: Partial<Asked>) =>
    inSeats(now, (seating) => addRegistration(seating, asked(5000, some)))
  await fill(2, REGISTRATIONS_OF_CAFE / 2 + 2, byPhone)
  expect(await answer(byPhone)).toEqual({ free: 0, why: 'too-many' })
  expect(await answer({})).toMatchObject({ what: 'confirmed' })
  await fill(REGISTRATIONS_OF_CAFE / 2 + 3, REGISTRATIONS_OF_CAFE + 1, {
    source: 'team',
    email: undefined,
  })
  const refused = { free: 0, why: 'too-many' }
  expect(await answer({ email: 'nouvelle@mail.example', source: 'form' })).toEqual(refused)
  expect(await answer({ email: 'p0@exemple.example', source: 'form' })).toMatchObject({
    what: 'asked-again',
    others: refused,
  })
})

test('nobody is thrown out when there are fewer seats, and more seats are offered', async () => {
  for (let index = 0; index < 12; index++) await ask(index)
  const waits = await idOf(ask(20))
  const setCapacity = async (capacity: number) => {
    const found = (await findCafe(db, cafe.id)) ?? expect.fail()
    await saveCafe(db, { ...found, registration: { ...found.registration, capacity } })
  }
  await setCapacity(5)
  expect(await offer()).toEqual([])
  const all = await listRegistrations(db, cafe.id)
  expect(all.filter(({ state }) => state === 'confirmed')).toHaveLength(12)
  expect(await seatsLeft()).toBe(0)
  await setCapacity(13)
  await offer()
  expect(await stateOf(waits)).toBe('offered')
})

test('in any order of what people do, nobody has a seat that is not there', async () => {
  let seed = 7
  const random = (most: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % most
  }
  const ids: string[] = []
  for (let step = 0; step < 80; step++) {
    const at = now.add({ minutes: step * 20 })
    const id = ids[random(Math.max(1, ids.length))]
    const does = random(6)
    if (does < 2 || id === undefined) {
      const source = random(2) ? 'form' : 'team'
      ids.push(await idOf(ask(random(60), { seats: 1 + random(4), source }, at)))
    } else if (does === 2) await cancel(id, at)
    else if (does === 3) await prove(id, at)
    else if (does === 4)
      await act(
        id,
        (seating, registration) =>
          answerOffer(seating, { registration, isAccepted: random(3) > 0 }),
        at,
      )
    else
      await act(
        id,
        (seating, registration) => changeSeats(seating, { registration, seats: 1 + random(6) }),
        at,
      )
    await offer(at)
    const all = await listRegistrations(db, cafe.id)
    expect(countTaken(all, at)).toBeLessThanOrEqual(12)
    expect(await seatsLeft()).toBe(12 - countTaken(all, at))
  }
})

/** Changes what the café is, as its team would. */
const setCafe = async (some: Partial<Cafe>) => {
  const found = (await findCafe(db, cafe.id)) ?? expect.fail()
  await saveCafe(db, { ...found, ...some })
}

test('a café on site and online shares out the seats of each side by themselves', async () => {
  const { registration } = (await findCafe(db, cafe.id)) ?? expect.fail()
  await setCafe({
    attendanceMode: 'mixed',
    registration: { ...registration, capacity: 2, onlineCapacity: 3 },
  })
  const left = async () => {
    const now = (await findCafe(db, cafe.id))?.registration
    return [now?.seatsLeft, now?.bySide?.onsite, now?.bySide?.online]
  }
  await Promise.all([1, 2, 3].map((index) => ask(index)))
  expect(await left()).toEqual([3, 0, 3])
  const online = { side: 'online' as const }
  const events = await Promise.all([4, 5, 6, 7].map((index) => ask(index, online)))
  expect(events.filter(({ what }) => what === 'confirmed')).toHaveLength(3)
  expect(await left()).toEqual([0, 0, 0])
  const { registration: full } = (await findCafe(db, cafe.id)) ?? expect.fail()
  await setCafe({ registration: { ...full, onlineCapacity: undefined } })
  expect(await listCafesToSeat(db, now)).toEqual([cafe.id])
  await offer()
  expect(await left()).toEqual([undefined, 0, undefined])
  const all = await listRegistrations(db, cafe.id)
  expect(all.map(({ side, state }) => `${side} ${state}`).toSorted()).toEqual([
    ...['online confirmed', 'online confirmed', 'online confirmed', 'online offered'],
    ...['onsite confirmed', 'onsite confirmed', 'onsite waiting'],
  ])
})

test('where the team counts elsewhere, what people give back here changes nothing', async () => {
  const id = await idOf(ask(1))
  const { registration } = (await findCafe(db, cafe.id)) ?? expect.fail()
  await setCafe({ registration: { ...registration, mode: 'phone', seatsLeft: 0 } })
  expect(await listCafesToSeat(db, now)).toEqual([])
  await cancel(id)
  expect(await seatsLeft()).toBe(0)
})

test('people keep their seats when the café moves online', async () => {
  for (let index = 0; index < 12; index++) await ask(index)
  const waits = await idOf(ask(20))
  await setCafe({ status: 'moved-online' })
  expect((await ask(30, { side: 'online' })).what).toBe('waiting')
  expect(await seatsLeft()).toBe(0)
  await cancel((await listRegistrations(db, cafe.id))[0]?.id ?? '')
  await offer()
  expect(await stateOf(waits)).toBe('offered')
})

test('how many seats are left tells nobody whether an address is registered', async () => {
  const known = await idOf(ask(1))
  /** Lists how many seats are left while an address is typed, typed again, mended, and forgotten. */
  const watch = async (index: number, from: Temporal.Instant) => {
    const form = { source: 'form', formToken: `form of ${index}` } as const
    const left: (number | undefined)[] = []
    const see = async (doing: Promise<unknown>) => {
      await doing
      left.push(await seatsLeft())
    }
    await see(ask(index, { ...form, seats: 3 }, from))
    await see(ask(index, { ...form, seats: 2 }, from.add({ minutes: 1 })))
    await see(endHold(db, `form of ${index}`, from.add({ minutes: 2 })))
    await see(ask(index, { ...form, seats: 6 }, from.add({ minutes: 3 })))
    const later = from.add({ minutes: 34 })
    expect(await listCafesToSeat(db, later)).toEqual([cafe.id])
    await see(inSeats(later, async () => undefined))
    return left
  }
  const ofKnown = await watch(1, now)
  expect(ofKnown).toEqual([8, 9, 11, 5, 11])
  expect(await watch(2, now.add({ hours: 1 }))).toEqual(ofKnown)
  expect((await findRegistration(db, known))?.seats).toBe(1)
})

test('who asks again before the proof has what was asked for last, held anew', async () => {
  const first = await ask(1, { source: 'form', seats: 3 })
  const later = now.add({ minutes: 40 })
  const again = await ask(1, { source: 'form', seats: 2 }, later)
  expect([again.what, again.registration.id]).toEqual(['asked', first.registration.id])
  expect(await seatsLeft()).toBe(10)
})

test('a form that is sent again after its registration was cancelled registers anew', async () => {
  const form = { email: undefined, phone: '0639980000', formToken: 'one' }
  await cancel(await idOf(ask(1, form)))
  expect((await ask(1, form)).what).toBe('confirmed')
})

test('who waits takes a free seat in the last hours, in which nobody is offered any', async () => {
  const first = await idOf(ask(0))
  for (let index = 1; index < 12; index++) await ask(index)
  const waits = await idOf(ask(20))
  const soon = cafe.startsAt.subtract({ minutes: 90 })
  const take = () =>
    act(
      waits,
      (seating, registration) => answerOffer(seating, { registration, isAccepted: true }),
      soon,
    )
  expect(await take()).toBeUndefined()
  await cancel(first, soon)
  expect((await take())?.what).toBe('confirmed')
})

test('a registration that is over has no seats to change', async () => {
  const id = await idOf(ask(1))
  await cancel(id)
  const change = (seating: Seating, registration: Registration) =>
    changeSeats(seating, { registration, seats: 2 })
  expect(await act(id, change)).toEqual({ free: 0 })
})

test('whoever is added after all was deleted is deleted too, and counted with the others', async () => {
  const past = cafe.endsAt.add({ hours: 24 * 31 })
  for (const index of [1, 2]) {
    await ask(index)
    await deleteOldRegistrations(db, past)
  }
  const counts = await db.selectFrom('registration_count').select('registered').execute()
  expect(counts).toEqual([{ registered: 2 }])
})
