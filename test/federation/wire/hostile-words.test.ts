import { describe, expect, test } from 'vitest'
import { parseActorDocument } from '../../../federation/remote/actor-document.ts'
import { fromProposal } from '../../../federation/wire/attestation.ts'
import { REFERENT_OF } from '../../../federation/wire/context.ts'
import { toEvent } from '../../../federation/wire/event.ts'
import { fromOrganization } from '../../../federation/wire/network.ts'
import { fromFacilitatorProfile, toFacilitatorProfile } from '../../../federation/wire/profile.ts'
import { fromEvent } from '../../../federation/wire/read-event.ts'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { readCsv } from '../../../node/formats/csv/read.ts'
import { readICalendar } from '../../../node/formats/icalendar/read.ts'
import { aFacilitator } from '../../support/facilitator.ts'
import { ownCafe } from '../../support/own-cafe.ts'

/**
 * Readers of names from elsewhere remove invisible characters; a name without any visible character counts as missing.
 */

const ORIGIN = 'https://mediatheque.example'
const HUB = 'https://annuaire.example'
const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')
const UNSEEN =
  '\u202e\u2066\u061c\u200b\u3164\u115f\u180e\u034f\u00ad\uffa0\ufe0f\u{e0041}\u{e007f}\u0007'

type Reader = { word: (said: string) => unknown; nameless?: unknown }

const profile = (name: string) => {
  const uri = `${ORIGIN}/animation/camille-r`
  const dates = { consentedAt: NOW, updatedAt: NOW, expiresAt: NOW.add({ hours: 1000 }) }
  const facilitator = aFacilitator({ uri, url: uri, photo: undefined, ...dates, name })
  return toFacilitatorProfile(facilitator, {
    reader: 'network',
    origin: ORIGIN,
    cafes: [],
    now: NOW,
  })
}

const calendar = (title: string) =>
  [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART:20261209T180000Z',
    `SUMMARY:${title}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n')

const readers: [string, Reader][] = [
  [
    'an actor',
    {
      word: (name) =>
        parseActorDocument(
          { id: `${ORIGIN}/actors/cafes`, type: 'Organization', name, inbox: `${ORIGIN}/inbox` },
          { uri: `${ORIGIN}/actors/cafes`, check: () => undefined },
        )?.actor.name,
      nameless: 'mediatheque.example',
    },
  ],
  [
    'an Event',
    {
      word: (name) => {
        const read = fromEvent({ ...toEvent(ownCafe(), ORIGIN), name }, NOW)
        return 'refused' in read ? undefined : read.content.title
      },
    },
  ],
  [
    'a venue',
    {
      word: (name) => {
        const location = { type: 'Place', name }
        const read = fromEvent({ ...toEvent(ownCafe(), ORIGIN), location }, NOW)
        return 'refused' in read ? read : read.venue?.name
      },
    },
  ],
  [
    'a person',
    {
      word: (name) => {
        const read = fromFacilitatorProfile({ ...profile('Camille'), name }, NOW)
        return 'refused' in read ? undefined : read.name
      },
    },
  ],
  [
    'a network',
    {
      word: (name) =>
        fromOrganization({
          id: `${ORIGIN}/reseaux/1`,
          type: 'Organization',
          attributedTo: `${ORIGIN}/actors/cafes`,
          name,
        })?.name,
    },
  ],
  [
    'a referent who is proposed',
    {
      word: (name) =>
        fromProposal(
          {
            object: {
              type: 'Relationship',
              relationship: REFERENT_OF,
              subject: { type: 'Person', name, email: 'ada@lieu.example' },
              object: `${HUB}/territoires/35`,
            },
          },
          HUB,
        )?.name,
    },
  ],
  [
    'a calendar',
    {
      word: (title) => {
        const reading = { now: NOW, horizon: HORIZON, defaultTimezone: 'Europe/Paris' }
        return readICalendar(calendar(title), reading).rows[0]?.cafe?.title
      },
    },
  ],
  [
    'a table',
    {
      word: (title) =>
        readCsv(`Titre;Date;Heure\n${title};09/12/2026;18:30\n`).rows[0]?.cafe?.title,
    },
  ],
]

describe.each(readers)('the name that %s has', (_, { word, nameless }) => {
  test('is without what nobody sees', () => {
    expect(word(`${UNSEEN}Ca${UNSEEN}fé${UNSEEN}`)).toBe('Café')
  })
  test('is none if it shows nothing', () => {
    expect(word(`${UNSEEN}\u2800${UNSEEN}`)).toBe(nameless)
  })
  test('is one line, and no longer than a name', () => {
    const name = String(word(`Café \u0301\u0316${'e\u0301\u0316'.repeat(20_000)}`))
    expect(name.length).toBeLessThanOrEqual(500)
    expect(name.startsWith('Café ')).toBe(true)
  })
})
