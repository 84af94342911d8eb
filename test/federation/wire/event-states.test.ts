import { describe, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import { fromEvent } from '../../../federation/wire/read-event.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import { readable } from '../../support/readable.ts'
import { online, wireOf } from '../../support/wire-event.ts'

const at = (text: string) => Temporal.ZonedDateTime.from(text).toInstant()
const textsOf = (event: Json) => [event.summary, event.content, event.name].map(String)
const VENUE = ownCafe().venue

describe('the texts that other software shows', () => {
  test('summary and content both carry date, hour, place and how to come', () => {
    const { event } = wireOf()
    for (const html of [readable(String(event.summary)), readable(String(event.content))]) {
      expect(html).toContain('jeudi 3 décembre 2026, 18 h 30 – 20 h (heure de Paris)')
      expect(html).toContain('Médiathèque des Tilleuls, 14 rue des Tilleuls, 35000 Rennes')
      expect(html).toContain('Gratuit, sur inscription (15 places)')
    }
  })

  test('content begins with the title, which GoToSocial and Misskey show nowhere else', () => {
    expect(readable(String(wireOf().event.content))).toMatch(
      /^<p><strong>Café IA : les images<\/strong><br>jeudi 3 décembre/,
    )
  })

  test('markup that an organiser typed is escaped', () => {
    const evil = '<script>alert(1)</script>"&'
    const venue = VENUE && { ...VENUE, name: evil, streetAddress: evil }
    const { event } = wireOf({
      title: evil,
      summary: evil,
      statusNote: evil,
      status: 'cancelled',
      venue,
    })
    for (const html of textsOf(event)) expect(html).not.toContain('<script')
  })

  test('one seat is written in the singular', () => {
    const registration = { ...ownCafe().registration, capacity: 1 }
    expect(wireOf({ registration }).event.summary).toContain('(1 place)')
  })

  test('a full café is said to be full', () => {
    const registration = { ...ownCafe().registration, capacity: 15, seatsLeft: 0 }
    expect(wireOf({ registration }).event.summary).toContain('complet')
    expect(wireOf({ registration }).event.remainingAttendeeCapacity).toBe(0)
  })

  test('a café online is online in words, and one that is both says both', () => {
    expect(wireOf({ ...online }).event.summary).toContain('📍 En ligne')
    expect(wireOf({ attendanceMode: 'mixed' }).event.summary).toContain('35000 Rennes, et en ligne')
  })
})

describe('the states of a café', () => {
  test('cancelled: the title, the first line and both status words say so', () => {
    const { event } = wireOf({ status: 'cancelled', statusNote: 'Fuite d’eau' })
    expect(event.name).toBe('Annulé – Café IA : les images')
    expect(event.status).toBe('CANCELLED')
    expect(event.eventStatus).toBe('EventCancelled')
    expect(event.summary).toMatch(/^<p>❌ Annulé : Fuite d’eau<br>/)
    expect(event.content).toMatch(/^<p>❌ Annulé : Fuite d’eau<br>/)
    expect(event.startTime).toBe('2026-12-03T18:30:00+01:00')
  })

  test('postponed: tentative, with its old date as startTime and previousStartTime', () => {
    const { event } = wireOf({ status: 'postponed' })
    expect(event).toMatchObject({
      name: 'Reporté – Café IA : les images',
      status: 'TENTATIVE',
      eventStatus: 'EventPostponed',
      startTime: '2026-12-03T18:30:00+01:00',
      previousStartTime: '2026-12-03T18:30:00+01:00',
    })
    expect(event.summary).toMatch(/^<p>⏸️ Reporté/)
  })

  test('rescheduled: the new date, the old one and both in words', () => {
    const { event } = wireOf({
      status: 'rescheduled',
      previousStartsAt: at('2026-11-26T18:30[Europe/Paris]'),
    })
    expect(event).toMatchObject({
      name: 'Café IA : les images',
      status: 'CONFIRMED',
      eventStatus: 'EventRescheduled',
      startTime: '2026-12-03T18:30:00+01:00',
      previousStartTime: '2026-11-26T18:30:00+01:00',
    })
    expect(readable(String(event.summary))).toMatch(
      /^<p>🔁 Nouvelle date \(prévu d’abord jeudi 26 novembre 2026\)/,
    )
  })

  test('moved online: a VirtualLocation and a title that says so, even where the place is kept', () => {
    for (const place of [online, { attendanceMode: 'offline', venue: VENUE } as const]) {
      const { event } = wireOf({ ...place, status: 'moved-online' })
      expect(event).toMatchObject({
        name: 'Café IA : les images (en ligne)',
        status: 'CONFIRMED',
        eventStatus: 'EventMovedOnline',
        isOnline: true,
        location: { type: 'VirtualLocation', name: 'En ligne' },
      })
      expect(event.summary).toMatch(/^<p>💻 Déplacé en ligne/)
      expect(event.summary).not.toContain('rue des Tilleuls')
    }
  })

  test('seats that nobody counts are not said to be free', () => {
    const registration = { ...ownCafe().registration, capacity: 40, seatsLeft: undefined }
    const { event } = wireOf({ registration })
    expect(event.maximumAttendeeCapacity).toBe(40)
    for (const name of ['remainingAttendeeCapacity', 'participantCount'])
      expect(event).not.toHaveProperty(name)
  })

  test('moved online, still of its town: whoever knows the term reads the place that it had', () => {
    const { event } = wireOf({ venue: VENUE, status: 'moved-online' })
    const read = fromEvent(event, Temporal.Instant.from('2026-12-31T00:00:00Z'))
    if ('refused' in read) throw new Error(read.refused)
    const { name = '', postalCode, codeInsee, latitude } = VENUE ?? {}
    expect(read.venue).toMatchObject({ name, postalCode, codeInsee })
    expect(read.venue?.latitude).toBeCloseTo(latitude ?? 0, 5)
    expect(read.content).toMatchObject({ status: 'moved-online', attendanceMode: 'offline' })
    // With another status the term has no meaning: a missing place stays missing.
    const back = { ...event, eventStatus: 'EventScheduled', location: undefined }
    expect(fromEvent(back, Temporal.Instant.from('2026-12-31T00:00:00Z'))).toMatchObject({
      venue: undefined,
    })
  })
})
