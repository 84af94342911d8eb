import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import {
  createOpenData,
  findOpenData,
  type OpenDataPlace,
  openOpenDataFile,
} from '../../../node/store/files/open-data.ts'
import { isOnPostgres } from '../../support/database.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
afterEach(() => web.stop())

const AT = Temporal.Instant.from('2026-11-25T02:00:00Z')
const later = (hours: number) => AT.add({ hours })

/** The text is longer than the longest row; its pieces end at any character. */
const LINES = Array.from({ length: 300 }, (_, number) => `${number};${'é'.repeat(number * 20)}\n`)
const BYTES = Buffer.from(LINES.join(''))

async function make(place: OpenDataPlace, at: Temporal.Instant, lines = LINES): Promise<void> {
  const made = await createOpenData(place, at)
  for (const line of lines) await made.files['cafes-ia.csv'].write(line)
  await made.publish({ cafes: lines.length, places: 2 })
}

async function open(place: OpenDataPlace) {
  const file = await openOpenDataFile(place, 'cafes-ia.csv')
  if (!file) throw new Error('there is no file')
  return file
}

test('a file comes back byte for byte, whole and in parts, with its length and digest', async () => {
  web = await startWeb({ role: 'hub' })
  const place = web.context
  expect(await findOpenData(place)).toBeUndefined()
  await make(place, AT)
  expect(await findOpenData(place)).toMatchObject({ createdAt: AT, cafes: 300, places: 2 })
  const file = await open(place)
  expect(file).toMatchObject({
    bytes: BYTES.length,
    sha256: createHash('sha256').update(BYTES).digest('hex'),
  })
  expect(BYTES.equals(await buffer(file.stream(0, file.bytes - 1)))).toBe(true)
  for (const [start, end] of [
    [0, 0],
    [524_280, 524_300],
    [1_000_000, BYTES.length - 1],
  ] as const) {
    const part = await buffer((await open(place)).stream(start, end))
    expect([start, BYTES.subarray(start, end + 1).equals(part)]).toEqual([start, true])
  }
})

test('a file without a word is empty', async () => {
  web = await startWeb({ role: 'hub' })
  await make(web.context, AT, [])
  const file = await open(web.context)
  expect(file.bytes).toBe(0)
  await file.close()
})

test('a download goes on while the next edition is made, and former editions are deleted', async () => {
  web = await startWeb({ role: 'hub' })
  const place = web.context
  await make(place, AT)
  const file = await open(place)
  await make(place, later(24), ['new\n'])
  expect(BYTES.equals(await buffer(file.stream(0, file.bytes - 1)))).toBe(true)
  const forgotten = await createOpenData(place, later(36))
  await forgotten.files['cafes-ia.csv'].write(BYTES.toString())
  await forgotten.abandon()
  expect(await findOpenData(place)).toMatchObject({ createdAt: later(24) })
  await make(place, later(48), ['newer\n'])
  const now = await open(place)
  expect(`${await buffer(now.stream(0, now.bytes - 1))}`).toBe('newer\n')
  if (isOnPostgres) {
    const rows = await place.db.selectFrom('kept_file').select('folder').distinct().execute()
    expect(rows.map(({ folder }) => folder).sort()).toEqual(
      [later(24), later(48)].map((at) => `donnees-ouvertes/${at.epochMilliseconds}`),
    )
  }
})

test.runIf(isOnPostgres)(
  'another process offers what one has made, without its folder',
  async () => {
    web = await startWeb({ role: 'hub' })
    await make(web.context, AT)
    const other = { ...web.context, config: { data: '/nowhere' } }
    const file = await open(other)
    expect(BYTES.equals(await buffer(file.stream(0, file.bytes - 1)))).toBe(true)
  },
)
