import jsonld from 'jsonld'
import { describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { toSchemaEvent, toScriptText } from '../../../node/formats/web/schema-org.ts'
import { aCafe } from '../../support/format-cafe.ts'

const SCHEMA = 'http://schema.org/'

/** Expands the event as a reader of linked data does, with the vocabulary of schema.org that the context names. */
async function read(changes: Partial<Cafe> = {}) {
  const [node] = await jsonld.expand(toSchemaEvent(aCafe(changes)) as jsonld.JsonLdDocument, {
    documentLoader: async (url: string) => ({
      documentUrl: url,
      document: { '@context': { '@vocab': SCHEMA } },
    }),
  })
  const event = node as Record<string, { '@value'?: unknown; '@type'?: string[] }[]>
  return {
    type: event['@type'],
    id: event['@id'],
    values: (name: string) => event[SCHEMA + name]?.map((item) => item['@value']),
    nodes: (name: string) => event[SCHEMA + name] as Record<string, unknown>[] | undefined,
  }
}

const typesOf = (nodes: Record<string, unknown>[] | undefined) =>
  nodes?.flatMap((node) => node['@type'])

describe('a café for search engines', () => {
  test('is an event that is free, with its hours by the clock of the place', async () => {
    const event = await read()
    expect(event.type).toEqual([`${SCHEMA}Event`])
    expect(event.id).toBe(aCafe().uri)
    expect(event.values('name')).toEqual(['Café IA : les images'])
    expect(event.values('startDate')).toEqual(['2026-12-03T18:30:00+01:00'])
    expect(event.values('endDate')).toEqual(['2026-12-03T20:00:00+01:00'])
    expect(event.values('isAccessibleForFree')).toEqual([true])
    expect(event.values('eventStatus')).toEqual(['https://schema.org/EventScheduled'])
    const [offer] = event.nodes('offers') ?? []
    expect(offer?.[`${SCHEMA}price`]).toEqual([{ '@value': 0 }])
    expect(offer?.[`${SCHEMA}priceCurrency`]).toEqual([{ '@value': 'EUR' }])
    expect(event.values('image')).toEqual(['https://mediatheque.example/media/1.jpg'])
  })

  test.each([
    [{ attendanceMode: 'offline' }, ['Place'], 'OfflineEventAttendanceMode'],
    [
      { attendanceMode: 'online', venue: undefined },
      ['VirtualLocation'],
      'OnlineEventAttendanceMode',
    ],
    [
      { attendanceMode: 'mixed', onlineUrl: 'https://visio.example/a' },
      ['Place', 'VirtualLocation'],
      'MixedEventAttendanceMode',
    ],
    [{ status: 'moved-online' }, ['VirtualLocation'], 'OnlineEventAttendanceMode'],
  ] as const)('says where one goes: %o', async (changes, places, mode) => {
    const event = await read(changes)
    expect(typesOf(event.nodes('location'))).toEqual(places.map((name) => SCHEMA + name))
    expect(event.values('eventAttendanceMode')).toEqual([`https://schema.org/${mode}`])
  })

  test.each([
    ['cancelled', 'EventCancelled'],
    ['postponed', 'EventPostponed'],
    ['rescheduled', 'EventRescheduled'],
    ['moved-online', 'EventMovedOnline'],
  ] as const)(
    'that is %s says so, and offers a seat only where there is one',
    async (status, word) => {
      const event = await read({ status })
      expect(event.values('eventStatus')).toEqual([`https://schema.org/${word}`])
      const isHeld = status === 'rescheduled' || status === 'moved-online'
      expect(event.nodes('offers')?.length ?? 0).toBe(isHeld ? 1 : 0)
    },
  )

  test('gives the date that it had before, and says when it is full', async () => {
    const { registration } = aCafe()
    const event = await read({
      status: 'rescheduled',
      previousStartsAt: Temporal.Instant.from('2026-12-01T17:00:00Z'),
      registration: { ...registration, seatsLeft: 0 },
    })
    expect(event.values('previousStartDate')).toEqual(['2026-12-01T18:00:00+01:00'])
    const [offer] = event.nodes('offers') ?? []
    expect(offer?.[`${SCHEMA}availability`]).toEqual([{ '@value': 'https://schema.org/SoldOut' }])
  })

  test.each([
    [{ capacity: undefined, seatsLeft: undefined }, ['https://schema.org/InStock']],
    [{ capacity: 20, seatsLeft: 3 }, ['https://schema.org/InStock']],
    [{ capacity: 20, seatsLeft: undefined }, []],
  ])('with %j has seats to be had: %j', async (seats, said) => {
    const event = await read({ registration: { ...aCafe().registration, ...seats } })
    const [offer] = event.nodes('offers') ?? []
    const found = (offer?.[`${SCHEMA}availability`] ?? []) as { '@value': string }[]
    expect(found.map((each) => each['@value'])).toEqual(said)
  })

  test('tells no telephone number, and no address that is not the web’s', () => {
    const text = JSON.stringify(
      toSchemaEvent(
        aCafe({
          phone: '02 99 00 00 00',
          url: 'javascript:alert(1)',
          onlineUrl: 'data:text/html,x',
          attendanceMode: 'mixed',
          image: { url: 'javascript:alert(2)', alt: 'x' },
        }),
      ),
    )
    expect(text).not.toContain('02 99')
    expect(text).not.toMatch(/javascript:|data:/)
  })
})

test('no text of another site can end the script element that contains it', () => {
  const evil = '</script><!--<script>alert(1)\u2028]]>'
  const text = toScriptText(toSchemaEvent(aCafe({ title: evil, themes: [evil] })))
  expect(text).not.toMatch(/[<\u2028\u2029]/)
  expect(JSON.parse(text).name).toContain('</script><!--<script>alert(1)')
})
