import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listOverridden } from '../../../node/domain/cafes/import-snapshot.ts'
import { findImportSnapshot } from '../../../node/store/cafes/import-snapshots.ts'
import { calendarOf, eventOf } from '../../support/imports.ts'
import { here, useImporter } from './imported.ts'

useImporter()

const FIXTURES = ['ical', 'csv'].flatMap((kind) =>
  readdirSync(new URL(`../../fixtures/${kind}/`, import.meta.url))
    .filter((name) => !name.endsWith('.md'))
    .map((name) => `${kind}/${name}`),
)

test.each(FIXTURES)(
  '%s read twice is read once, and its preview says what happens',
  async (name) => {
    const file = readFileSync(new URL(`../../fixtures/${name}`, import.meta.url))
    const preview = await here.preview(file)
    const first = await here.read(file)
    expect(first).toEqual(preview)
    const done = first.filter(({ outcome }) => outcome === 'created' || outcome === 'drafted')
    expect(done.length).toBeGreaterThan(0)
    expect(await here.cafes()).toHaveLength(done.length)

    for (const cafe of await here.cafes()) {
      const said = await findImportSnapshot(here.db, cafe.id)
      expect(said && listOverridden(cafe, said)).toEqual({})
    }

    const before = await here.state()
    const second = await here.read(file)
    expect(await here.state()).toBe(before)
    const written = ['created', 'drafted', 'updated', 'cancelled']
    expect(second.filter(({ outcome }) => written.includes(outcome))).toEqual([])
  },
)

test('Gancio’s feed, which names its events anew at each download, is the same cafés the next day', async () => {
  const fixture = (name: string) =>
    readFileSync(new URL(`../../fixtures/ical/${name}`, import.meta.url))
  await here.read(fixture('gancio.ics'))
  const before = await here.cafes()
  await here.read(fixture('gancio-next-day.ics'))
  const ids = new Set((await here.cafes()).map(({ id }) => id))
  expect(before.every(({ id }) => ids.has(id))).toBe(true)
  expect((await here.cafes()).length).toBe(before.length)
})

test('a calendar of thousands of events lets others in while it is read', async () => {
  const events = Array.from({ length: 600 }, (_, index) => eventOf(`UID:many-${index}`))
  let turns = 0
  const others = setInterval(() => {
    turns += 1
  }, 1)
  const steps = await here.preview(calendarOf(...events))
  clearInterval(others)
  expect(steps).toHaveLength(600)
  expect(turns).toBeGreaterThan(10)
})
