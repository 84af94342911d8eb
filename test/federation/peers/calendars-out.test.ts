import ICAL from 'ical.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import { applyImport } from '../../../node/routes/data/imports/import.ts'
import { readImportFile } from '../../../node/routes/data/imports/read-import-file.ts'
import { readByExpander, readByFullCalendar } from '../../support/calendar-readers.ts'
import { calendarOf, eventOf } from '../../support/imports.ts'
import { type Site, startPair, until } from '../../support/network.ts'
import { SOMEBODY } from '../../support/own-cafes.ts'

/**
 * The calendars of a place and of its directory hold the same events under the same identifiers, as the API does, and
 * other readers show every date of them.
 */

let hub: Site
let node: Site
const starting = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 10 })

/** Returns a day and time in Paris, so many weeks after the first date. */
const at = (weeks: number, time: string) => `${starting.add({ weeks })}T${time}`
const compact = (text: string) => text.replaceAll(/[-:]/g, '')
const toUtc = (wall: string) =>
  Temporal.PlainDateTime.from(wall).toZonedDateTime('Europe/Paris').toInstant().toString()

beforeAll(async () => {
  ;({ hub, node } = await startPair())
  const { db, config, now } = node.context
  const [organization] = await db.selectFrom('organization').selectAll().execute()
  if (!organization) throw new Error('no structure')
  const series = eventOf(
    'UID:chaque-semaine@ville.example',
    'SUMMARY:Chaque semaine',
    `DTSTART;TZID=Europe/Paris:${compact(at(0, '13:30:00'))}`,
    `DTEND;TZID=Europe/Paris:${compact(at(0, '15:00:00'))}`,
    `RDATE;TZID=Europe/Paris:${[1, 2, 3].map((weeks) => compact(at(weeks, '13:30:00'))).join()}`,
    'LOCATION:Salle\\, 26150 Die',
  )
  const other = eventOf('UID:une-fois@ville.example', 'SUMMARY:Une fois', 'DTEND:', ...once())
  const bytes = Buffer.from(calendarOf(series, other))
  const preview = readImportFile({ bytes }, { now: now(), horizon: HORIZON })
  const job = { db, config, organization, by: SOMEBODY, preview, now: now() }
  expect((await applyImport(job)).map(({ outcome }) => outcome)).toEqual(Array(5).fill('created'))
  node.context.wake()
  // Of the two dates one is in winter and one in summer, whatever the day on which this runs.
  for (const weeks of [10, 35])
    await node.publish({ title: `Après ${weeks} semaines`, startsAt: at(weeks, '18:30:00') })
  await node.publish({
    title: 'D’un autre agenda',
    uid: 'x@lieu.example',
    startsAt: at(4, '18:30'),
  })
  await node.publish({ title: 'Annulé plus tard', startsAt: at(5, '18:30:00') })
  const { items } = (await node.call('GET', '/cafes?limit=100')).json as { items: Item[] }
  const { id = '' } = items.find(({ title }) => title === 'Annulé plus tard') ?? {}
  await node.call('POST', `${new URL(id).pathname}/cancel`, { reason: 'Panne' })
  await until(async () => (await uidsInApi(hub)).size === 9, { what: 'the cafés' })
  await until(async () => (await titlesOf(hub)).includes('Annulé\u00a0: Annulé plus tard'))
}, 60_000)
afterAll(async () => {
  await node?.close()
  await hub?.close()
})

const once = () => [
  `DTSTART;TZID=Europe/Paris:${compact(at(6, '10:00:00'))}`,
  'LOCATION:Salle\\, 26150 Die',
]

type Item = { id: string; uid: string; title: string }

async function uidsInApi(site: Site): Promise<Map<string, string>> {
  const { items } = (await site.call('GET', '/cafes?limit=100')).json as { items: Item[] }
  return new Map(items.map(({ id, uid }) => [id, uid]))
}

const addressOf = (site: Site) => `${site.origin}/export/cafes.ics`
const calendar = async (site: Site) => (await fetch(addressOf(site))).text()
const titlesOf = async (site: Site) =>
  readByExpander(await calendar(site)).map(({ title }) => title)

test('each café has one identifier in the API and in the file, at the place and at the directory', async () => {
  const inApi = await uidsInApi(node)
  expect(await uidsInApi(hub)).toEqual(inApi)
  expect(new Set(inApi.values()).size).toBe(9)
  for (const site of [node, hub]) {
    const events = new ICAL.Component(ICAL.parse(await calendar(site))).getAllSubcomponents(
      'vevent',
    )
    const uids = events.map((event) => event.getFirstPropertyValue('uid'))
    expect(uids.toSorted()).toEqual([...inApi.values()].toSorted())
    for (const [id, uid] of inApi) {
      if (site === hub) continue
      const alone = await (await fetch(`${id}.ics`)).text()
      expect(
        new ICAL.Component(ICAL.parse(alone))
          .getFirstSubcomponent('vevent')
          ?.getFirstPropertyValue('uid'),
      ).toBe(uid)
    }
  }
})

test('other readers show every date of them, at its hour, over the change of the clocks', async () => {
  const expected = [
    ...[0, 1, 2, 3].map((weeks) => ({
      start: toUtc(at(weeks, '13:30:00')),
      end: toUtc(at(weeks, '15:00:00')),
      title: 'Chaque semaine',
    })),
  ]
  for (const site of [node, hub]) {
    const expanded = readByExpander(await calendar(site))
    expect(await readByFullCalendar(addressOf(site))).toEqual(expanded)
    expect(expanded).toHaveLength(9)
    expect(expanded.slice(0, 4)).toEqual(expected)
    const starts = new Map(expanded.map(({ title, start }) => [title, start]))
    for (const weeks of [10, 35])
      expect(starts.get(`Après ${weeks} semaines`)).toBe(toUtc(at(weeks, '18:30:00')))
    expect(starts.has('Annulé\u00a0: Annulé plus tard')).toBe(true)
  }
})
