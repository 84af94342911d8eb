import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { HORIZON } from '../../../node/domain/cafes/horizon.ts'
import {
  createImportReader,
  readImportAside,
} from '../../../node/routes/data/imports/import-reader.ts'
import { calendarOf, eventOf } from '../../support/imports.ts'

/** Checks how the server handles an import thread that hangs or fails. */

const NOW = Temporal.Instant.from('2026-11-25T09:00:00Z')
const LAST = `{ format: 'csv', rows: [], wholeEvents: [], warnings: [], isLast: true }`
const FILE = { bytes: Buffer.from('title\nCafé') }

const readerWith = (onMessage: string, { deadlineMs = 10_000 } = {}) => {
  const source = `import { parentPort as port } from 'node:worker_threads'
port.on('message', () => { ${onMessage} })`
  return createImportReader({
    program: new URL(`data:text/javascript,${encodeURIComponent(source)}`),
    deadlineMs,
  })
}

test('a file that takes too long is refused at the deadline, and the next has a thread that reads', async () => {
  const read = readerWith(`if (globalThis.seen) return; globalThis.seen = true; for (;;);`, {
    deadlineMs: 300,
  })
  for (const _ of ['once', 'and again'])
    expect(await read(FILE, { now: NOW, horizon: HORIZON, who: 'camille' })).toEqual({
      refusal: 'data.import_too_slow',
    })
})

test('who has as many files waiting as may wait is told at once; the others are read in turn', async () => {
  const read = readerWith(`setTimeout(() => port.postMessage(${LAST}), 200)`)
  const readAs = (who: string) => read(FILE, { now: NOW, horizon: HORIZON, who })
  const asked = ['camille', 'camille', 'camille', 'camille', 'sacha'].map(readAs)
  expect(await asked[3]).toEqual({ refusal: 'data.import_busy' })
  for (const at of [0, 1, 2, 4]) expect(await asked[at]).toHaveProperty('preview.format', 'csv')
})

test('a thread that fails while nobody waits for it is replaced', async () => {
  const read = readerWith(`port.postMessage(${LAST}); setTimeout(() => { throw new Error() }, 20)`)
  for (const _ of ['before', 'after']) {
    expect(await read(FILE, { now: NOW, horizon: HORIZON, who: 'camille' })).toHaveProperty(
      'preview',
    )
    await sleep(300)
  }
})

test('a fault of the thread while it reads is an error of the reading alone', async () => {
  const read = readerWith(`throw new Error('broken')`)
  await expect(read(FILE, { now: NOW, horizon: HORIZON, who: 'camille' })).rejects.toThrow('broken')
  await expect(read(FILE, { now: NOW, horizon: HORIZON, who: 'camille' })).rejects.toThrow('broken')
})

test('a rule without an end is read as far as the site plans its own', async () => {
  const weekly = eventOf(
    ...[
      'UID:1',
      'DTSTART;TZID=Europe/Paris:20261201T180000',
      'DTEND;TZID=Europe/Paris:20261201T200000',
    ],
    ...[
      'RRULE:FREQ=WEEKLY',
      'SUMMARY:Café IA',
      'LOCATION:Médiathèque, 1 rue du Port, 35000 Rennes',
    ],
  )
  const bytes = Buffer.from(calendarOf(weekly))
  const countRows = async (endlessDays: number) => {
    const horizon = { ...HORIZON, endlessDays }
    const read = await readImportAside({ bytes }, { now: NOW, horizon, who: 'camille' })
    return read.preview?.rows.length
  }
  expect([await countRows(14), await countRows(60)]).toEqual([2, 8])
})

test.each([
  [
    'half a million short lines',
    () => calendarOf(eventOf('UID:1', Array(500_000).fill('X-A:b').join('\r\n'))),
    { format: 'icalendar' },
  ],
  [
    'a row of five million separators',
    () => `Titre;Date\n${';'.repeat(5_000_000)}`,
    { format: 'csv', rows: [{ row: 0, problems: [{ code: 'invalid', detail: '2' }] }] },
  ],
])('%s are read in the memory of the thread', async (_, write, preview) => {
  const bytes = Buffer.from(write())
  expect(
    await readImportAside({ bytes }, { now: NOW, horizon: HORIZON, who: 'camille' }),
  ).toMatchObject({ preview })
})
