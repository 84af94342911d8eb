import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toEvent } from '../../../federation/wire/event.ts'
import { cafeContents } from '../../support/cafe-contents.ts'
import { times } from '../../support/full.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { readable } from '../../support/readable.ts'
import { ORIGIN, wireOf } from '../../support/wire-event.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const at = (text: string) => Temporal.ZonedDateTime.from(text).toInstant()

describe('times', () => {
  test('of the café are local with their offset, without a fraction', () => {
    fc.assert(
      fc.property(cafeContents, (content) => {
        const { event } = wireOf(content)
        for (const time of [event.startTime, event.endTime, event.previousStartTime])
          if (time !== undefined)
            expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/)
        expect(String(event.startTime).length).toBeGreaterThan(20)
        expect(event.timezone).toBe(content.timezone)
      }),
      { numRuns: times(40, 200) },
    )
  })

  test('of what was published are UTC without a fraction, and updated is not before published', () => {
    const cafe = ownCafe()
    const event = toEvent({ ...cafe, updatedAt: cafe.updatedAt.add({ hours: 1 }) }, ORIGIN)
    for (const time of [event.published, event.updated])
      expect(time).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
    expect(String(event.updated) >= String(event.published)).toBe(true)
  })

  test('there is an updated only once it differs: GoToSocial and NodeBB show what has one as edited', () => {
    const cafe = ownCafe()
    const publishedAt = cafe.updatedAt
    expect(toEvent({ ...cafe, publishedAt }, ORIGIN)).not.toHaveProperty('updated')
    const updatedAt = publishedAt.add({ seconds: 1 })
    expect(toEvent({ ...cafe, publishedAt, updatedAt }, ORIGIN).updated).toBe(String(updatedAt))
  })

  test.each([
    ['2026-10-24T18:30[Europe/Paris]', '2026-10-24T18:30:00+02:00'],
    ['2026-10-25T02:30+02:00[Europe/Paris]', '2026-10-25T02:30:00+02:00'],
    ['2026-10-25T02:30+01:00[Europe/Paris]', '2026-10-25T02:30:00+01:00'],
    ['2026-10-25T18:30[Europe/Paris]', '2026-10-25T18:30:00+01:00'],
    ['2027-03-27T18:30[Europe/Paris]', '2027-03-27T18:30:00+01:00'],
    ['2027-03-28T18:30[Europe/Paris]', '2027-03-28T18:30:00+02:00'],
    ['2026-12-09T18:30[Indian/Reunion]', '2026-12-09T18:30:00+04:00'],
    ['2026-07-09T18:30[America/Martinique]', '2026-07-09T18:30:00-04:00'],
    ['2026-12-09T18:30[America/Cayenne]', '2026-12-09T18:30:00-03:00'],
    ['2026-07-09T18:30[America/Miquelon]', '2026-07-09T18:30:00-02:00'],
    ['2026-12-09T18:30[Pacific/Noumea]', '2026-12-09T18:30:00+11:00'],
    ['2026-12-09T18:30[Pacific/Tahiti]', '2026-12-09T18:30:00-10:00'],
    ['2026-12-09T18:30[Pacific/Marquesas]', '2026-12-09T18:30:00-09:30'],
  ])('%s is written %s', (when, written) => {
    const start = Temporal.ZonedDateTime.from(when)
    const startsAt = start.toInstant()
    const { event } = wireOf({
      startsAt,
      endsAt: startsAt.add({ minutes: 90 }),
      timezone: start.timeZoneId,
    })
    expect(event.startTime).toBe(written)
    expect(instant(String(event.startTime)).equals(startsAt)).toBe(true)
  })

  test('a café over the hour that comes twice ends after it began', () => {
    const { event } = wireOf({
      startsAt: at('2026-10-25T02:30+02:00[Europe/Paris]'),
      endsAt: at('2026-10-25T02:30+01:00[Europe/Paris]'),
    })
    expect(event.startTime).toBe('2026-10-25T02:30:00+02:00')
    expect(event.endTime).toBe('2026-10-25T02:30:00+01:00')
  })

  test('the words give the hour of the place, and name its zone', () => {
    const startsAt = at('2026-12-09T18:30[Indian/Reunion]')
    const { event } = wireOf({
      startsAt,
      endsAt: startsAt.add({ minutes: 90 }),
      timezone: 'Indian/Reunion',
    })
    expect(readable(String(event.summary))).toContain(
      'mercredi 9 décembre 2026, 18 h 30 – 20 h (heure de La Réunion)',
    )
  })
})
