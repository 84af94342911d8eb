import { describe, expect, test } from 'vitest'
import { announcedLines, announcedTitle } from '../../../node/domain/cafes/announcement-text.ts'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import {
  type AskedStatusChange,
  awaitsConfirmation,
  decideConfirmation,
  decideStatusChange,
  statusChangeOf,
} from '../../../node/domain/cafes/status-change.ts'
import { aCafe } from '../../support/format-cafe.ts'

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')
const before = (cafe: Cafe, duration: Temporal.DurationLike) => cafe.startsAt.subtract(duration)

function asked(cafe: Cafe, situation: AskedStatusChange): Cafe {
  const decided = decideStatusChange(cafe, situation)
  if (!decided.value) throw new Error(JSON.stringify(decided.problems))
  return decided.value
}

const capacity = (capacity: number | undefined, seatsLeft: number | undefined) => ({
  registration: { mode: 'none' as const, url: undefined, capacity, seatsLeft, waitlist: false },
})

describe('what becomes of a café', () => {
  test('each answer can be read back from the café, and undone', () => {
    const cafe = aCafe(capacity(15, 15))
    for (const situation of ['full', 'moved-online', 'postponed', 'cancelled'] as const) {
      const changed = asked(cafe, {
        statusChange: situation,
        note: 'Grève',
        onlineUrl: 'https://visio.example/a',
      })
      expect(statusChangeOf(changed)).toBe(situation)
      const again = asked(changed, { statusChange: 'as-planned' })
      expect(statusChangeOf(again)).toBe('as-planned')
      expect([again.status, again.statusNote]).toEqual(['scheduled', undefined])
      // For a café that was full, the number of seats that are free again is unknown.
      const seatsLeft = situation === 'full' ? undefined : 15
      expect(again.registration).toEqual({ ...cafe.registration, seatsLeft })
    }
  })

  test('a café whose date had changed before keeps saying so when it takes place after all', () => {
    const cafe = aCafe({ status: 'rescheduled', previousStartsAt: NOW })
    const cancelled = asked(cafe, { statusChange: 'cancelled', note: 'Grève' })
    expect(asked(cancelled, { statusChange: 'as-planned' }).status).toBe('rescheduled')
  })

  test('full without a number of seats is full all the same, and free again without one', () => {
    const full = asked(aCafe(capacity(undefined, undefined)), { statusChange: 'full' })
    expect(announcedLines(full).at(-1)).toContain('complet')
    expect(asked(full, { statusChange: 'as-planned' }).registration.seatsLeft).toBeUndefined()
  })

  test('what is full online stays online', () => {
    const online = asked(aCafe(), {
      statusChange: 'moved-online',
      onlineUrl: 'https://visio.example/a',
    })
    expect(asked(online, { statusChange: 'full' }).status).toBe('moved-online')
  })

  test('one cannot move online without saying where', () => {
    const cafe = aCafe({ onlineUrl: undefined })
    expect(decideStatusChange(cafe, { statusChange: 'moved-online' }).problems).toEqual([
      { field: 'onlineUrl', code: 'online_url_required' },
    ])
    const wrong = { statusChange: 'moved-online', onlineUrl: 'javascript:alert(1)' } as const
    expect(decideStatusChange(cafe, wrong).problems?.[0]?.code).toBe('not_an_url')
  })

  test('the first thing that others read is what has changed, with the reason', () => {
    const cafe = asked(aCafe(), { statusChange: 'postponed', note: 'La salle est inondée.' })
    expect(announcedTitle(cafe)).toMatch(/^Reporté – /)
    expect(announcedLines(cafe)[0]).toBe('⏸️ Reporté, nouvelle date à venir : La salle est inondée.')
  })
})

describe('the team’s own word', () => {
  const cafe = aCafe()

  test('is asked three days before, until the café begins, once', () => {
    expect(awaitsConfirmation(cafe, before(cafe, { hours: 73 }))).toBe(false)
    expect(awaitsConfirmation(cafe, before(cafe, { hours: 72 }))).toBe(true)
    expect(awaitsConfirmation(cafe, before(cafe, { minutes: 5 }))).toBe(true)
    expect(awaitsConfirmation(cafe, cafe.startsAt)).toBe(false)
    const confirmed = decideConfirmation(cafe, before(cafe, { hours: 50 })).value
    expect(awaitsConfirmation(confirmed, before(cafe, { hours: 40 }))).toBe(false)
    expect(decideConfirmation(confirmed, before(cafe, { hours: 40 })).value).toBe(confirmed)
  })

  test('is not asked before the morning after the announcement or the last change', () => {
    const updatedAt = before(cafe, { hours: 30 })
    const late = aCafe({ updatedAt })
    expect(awaitsConfirmation(late, updatedAt.add({ minutes: 1 }))).toBe(false)
    expect(awaitsConfirmation(late, before(cafe, { hours: 1 }))).toBe(true)
  })

  test('is neither asked nor taken for what does not take place', () => {
    for (const status of ['cancelled', 'postponed'] as const) {
      const closed = aCafe({ status })
      expect(awaitsConfirmation(closed, before(closed, { hours: 2 }))).toBe(false)
      expect(decideConfirmation(closed, NOW).value.confirmedAt).toBeUndefined()
    }
  })
})
