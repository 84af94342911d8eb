import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { create, openStage, type Stage } from '../support/hostile-stage.ts'
import { MEASURED } from '../support/measured.ts'
import type { RemoteActorFixture } from '../support/remote-peer.ts'

/** Hostile cases P11 and P13: impossible cafés, and texts that must not be shown, from a member. */

let stage: Stage
let v: RemoteActorFixture
beforeAll(async () => {
  stage = await openStage()
  v = stage.v.cafes
})
afterEach(() => stage.checkHealth())
afterAll(() => stage?.close())

const PLACES = [
  '/',
  '/agenda.ics',
  '/agenda.atom',
  '/api/v1/cafes',
  '/export/cafes.csv',
  '/export/cafes.json',
]

/** Returns everything that a visitor, a calendar and a program can read here, and checks that it is valid UTF-8. */
async function readPages(): Promise<string> {
  let all = ''
  for (const path of PLACES) {
    const answer = await fetch(stage.server.origin + path)
    expect(answer.status, path).toBe(200)
    all += new TextDecoder('utf-8', { fatal: true }).decode(await answer.arrayBuffer())
  }
  return all
}

const say = async (words: Record<string, unknown>) => {
  const said = create(v, words)
  const { status } = await stage.post(said, { by: v })
  await stage.settle()
  return { status, cafe: stage.findCafe(said.object.id) }
}

it.each([
  ['a month that is none', { startTime: '2026-13-45T18:30:00+01:00' }],
  ['a year beyond the calendar', { startTime: '+275760-09-13T00:00:00Z' }],
  ['a year that nobody sees', { startTime: '9999-12-31T18:30:00Z' }],
  ['a year before all', { startTime: '-000001-01-01T00:00:00Z' }],
  ['no zone', { startTime: '2026-12-09T18:30:00' }],
  ['no hour', { startTime: '2026-12-09' }],
  ['words', { startTime: 'mardi prochain' }],
  ['a number', { startTime: 1e21 }],
  ['an object', { startTime: { '@value': '2026-12-09T18:30:00+01:00' } }],
  ['nothing', { startTime: null }],
  ['an end before its beginning', { endTime: '2020-01-01T00:00:00Z' }],
  ['ten years', { startTime: '2026-12-09T18:30:00Z', endTime: '2036-12-09T18:30:00Z' }],
  ['a change in the future', { updated: '2090-01-01T00:00:00Z' }],
])('P11 a café with %s as its time is not listed, and no page says NaN', async (_, words) => {
  const { status, cafe } = await say(words)
  expect([202, 400]).toContain(status)
  expect(cafe).toBeUndefined()
  expect(await readPages()).not.toMatch(/NaN|Invalid|undefined|Infinity/)
})

it.each([
  ['a zone that is none', { timezone: 'Mars/Olympus' }],
  ['a zone of three kilobytes', { timezone: 'Europe/'.repeat(400) }],
  [
    'coordinates that are none',
    { location: { type: 'Place', name: 'Ici', latitude: 'NaN', longitude: '1e400' } },
  ],
  [
    'coordinates off the Earth',
    { location: { type: 'Place', name: 'Ici', latitude: 91, longitude: 720 } },
  ],
  ['a capacity below zero', { maximumAttendeeCapacity: -5, remainingAttendeeCapacity: 1e300 }],
  ['a status that is none', { eventStatus: '__proto__', status: 'constructor' }],
  ['a mode that is none', { registrationMode: 'toString', joinMode: {}, openTo: [] }],
  ['dates of publication that are none', { published: 'soon', updated: 'later' }],
])('P11 a café with %s is listed without it', async (what, words) => {
  const { status, cafe } = await say({ name: `Café avec ${what}`, ...words })
  expect(status).toBe(202)
  expect(cafe).toBeDefined()
  const pages = await readPages()
  expect(pages).toContain(`Café avec ${what}`)
  expect(pages).not.toMatch(/NaN|Invalid Date|undefined|Infinity|Mars\/Olympus/)
})

const HIDDEN = [
  '\u0000',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u200b',
  '\u2060',
  '\ufeff',
  '\u202e',
  '\u2066',
  '\u2069',
  '\udfff',
  '\ud800',
]

it('P13 characters that hide, turn around or are none are cleaned from every word', async () => {
  const dirty = (words: string) => `${words}${HIDDEN.join('x')}fin`
  const { cafe } = await say({
    name: dirty('Titre'),
    lead: dirty('Résumé'),
    content: `<p>${dirty('Texte')}</p>`,
    support: dirty('Soutien'),
    statusNote: dirty('Note'),
    themes: [dirty('Thème')],
    location: {
      type: 'Place',
      name: dirty('Lieu'),
      address: {
        type: 'PostalAddress',
        streetAddress: dirty('Rue'),
        addressLocality: dirty('Rennes'),
      },
    },
  })
  expect(cafe).toBeDefined()
  const stored = JSON.stringify(cafe)
  expect(stored).toContain('Titre')
  for (const character of HIDDEN)
    expect(stored.includes(character), JSON.stringify(character)).toBe(false)
  const pages = await readPages()
  expect(pages).toContain('Titre')
  for (const character of HIDDEN.filter((character) => character !== '\ufeff'))
    expect(pages.includes(character), JSON.stringify(character)).toBe(false)
})

it('P13 a title of nothing but hidden characters is no title', async () => {
  for (const name of [HIDDEN.slice(0, -2).join(''), '   \u00a0 ', ['a', 'b'], {}, 7, null])
    expect((await say({ name })).cafe, JSON.stringify(name)).toBeUndefined()
})

it('words far too long are shortened', async () => {
  const long = 'é'.repeat(20_000)
  const { cafe } = await say({ name: long, lead: long, phone: long, uid: long, series: long })
  expect(JSON.stringify(cafe).length).toBeLessThan(10_000)
  await readPages()
})

it.each([
  '<',
  '<b>',
  '&',
  '<a x="',
  '<p title="&lt;',
  '<!--',
  '<![CDATA[',
  '<table>',
  '</p>',
  '<svg><style>',
  '<a href="https://x.example/">',
])(
  'a description of nothing but %j, as long as a body can be, is read in a moment',
  MEASURED,
  async (mark) => {
    const content = mark.repeat(200_000 / mark.length)
    const begun = performance.now()
    const { status, cafe } = await say({ content })
    expect(status).toBe(202)
    expect(performance.now() - begun).toBeLessThan(1000)
    expect(String(cafe?.description_html).length).toBeLessThan(500_000)
  },
)
