import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { OPERATOR } from '../../../node/domain/cafes/edit.ts'
import { createToken } from '../../../node/store/accounts/api-tokens.ts'
import { applyErasures } from '../../../node/store/backup/apply-erasures.ts'
import { appendErasures, readErasures } from '../../../node/store/backup/erasure-journal.ts'
import { prepareRestored } from '../../../node/store/backup/prepare-restored.ts'
import { writeSnapshot } from '../../../node/store/backup/snapshot.ts'
import { followCalendar, unfollowCalendar } from '../../../node/store/cafes/followed-calendars.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { openDatabase } from '../../../node/store/open-database.ts'
import { findMark, isStillKnown, readMark } from '../../../node/store/search/changed-cafes.ts'
import { deleteSeries } from '../../../node/store/series/edit-series.ts'
import { createSeries } from '../../../node/store/series/plan-dates.ts'
import { saveClosing } from '../../../node/store/structures/closing.ts'
import {
  createHosted,
  deleteSuspension,
  findHosted,
  saveSuspension,
} from '../../../node/store/structures/hosted.ts'
import { appendMessage } from '../../../node/store/webhooks/messages.ts'
import { deleteWebhook, insertWebhook } from '../../../node/store/webhooks/webhooks.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { aSeries, HOME, insertHome } from '../../support/some-series.ts'

/** Checks that what structures ended after a backup does not go on once it is restored. */

const NOW = Temporal.Now.instant().round({ smallestUnit: 'second', roundingMode: 'floor' })
const STRUCTURE = 'canal'
const BY = { by: OPERATOR, seen: undefined }

let folder: string
let database: TestDatabase
let db: OpenDatabase
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-ended-'))
  database = await createTestDatabase(folder)
  db = await openDatabase(database.address)
  // The oldest structure is that of the site.
  await insertHome(db, NOW.subtract({ hours: 1 }))
})
afterEach(async () => {
  await db.destroy()
  await database.remove()
  await rm(folder, { recursive: true, force: true })
})

/** Backs up, lets `end` change the site, and returns what `read` finds once the backup is restored. */
async function restoredAfter<T>(
  end: () => Promise<unknown>,
  read: (db: OpenDatabase) => Promise<T>,
): Promise<T> {
  const path = join(folder, 'older')
  await writeSnapshot({ database: database.address, path, mediaFolder: folder })
  await end()
  await appendErasures(db, folder)
  const copy = await openDatabase(path)
  try {
    const isGone = await readErasures(copy, [folder], NOW)
    if (isGone) await applyErasures(copy, isGone, NOW)
    return await read(copy)
  } finally {
    await copy.destroy()
  }
}

const hosts = async (slug: string): Promise<string> => {
  const made = await createHosted(db, { slug, name: slug, by: 'test' }, NOW)
  return 'structure' in made ? made.structure.id : expect.fail(made.problem)
}

const addWebhook = async () => {
  const token = { organizationId: STRUCTURE, label: 'Agenda' }
  const { id: tokenId } = await createToken(db, { ...token, scopes: ['webhooks'] }, NOW)
  const url = 'https://agenda.example/hook'
  const of = { organizationId: STRUCTURE, tokenId, url, search: '' }
  return insertWebhook(db, { ...of, mark: await findMark(db) }, NOW)
}

test('a structure that closed or was suspended is so again; one that goes on meanwhile goes on', async () => {
  const slugs = ['gone', 'past-stays', 'suspended', 'resumed', 'untouched']
  const ids = new Map<string, string>()
  for (const slug of slugs) ids.set(slug, await hosts(slug))
  const of = (slug: string) => ({ id: ids.get(slug) ?? '', by: 'test' })
  const end = async () => {
    await saveClosing(db, { ...of('gone'), past: 'gone' }, NOW)
    await saveClosing(db, { ...of('past-stays'), past: 'kept' }, NOW)
    for (const slug of ['suspended', 'resumed'])
      await saveSuspension(db, { ...of(slug), reason: 'Impayé' }, NOW)
    await deleteSuspension(db, of('resumed'), NOW)
  }
  const states = await restoredAfter(end, async (copy) => {
    const found = []
    for (const slug of slugs) found.push(await findHosted(copy, { slug }))
    return found.map((one) => one?.closing?.past ?? (one?.suspension ? 'suspended' : 'open'))
  })
  expect(states).toEqual(['gone', 'kept', 'suspended', 'open', 'open'])
})

test('no calendar is read again, no series makes dates again, no program is told again', async () => {
  const asked = { organizationId: STRUCTURE, publication: 'published', leftOut: [] } as const
  const address = 'https://agenda.example/ical/private-1'
  const calendar = await followCalendar(db, { ...asked, address }, NOW)
  const series = [aSeries(NOW), aSeries(NOW)]
  for (const one of series) await createSeries(db, { series: one, home: HOME, by: OPERATOR }, NOW)
  const hook = await addWebhook()
  const end = async () => {
    await deleteWebhook(db, hook.id)
    await unfollowCalendar(db, calendar, NOW)
    await deleteSeries(db, { ...BY, id: series[0]?.id ?? '' }, NOW)
  }
  const left = await restoredAfter(end, async (copy) => {
    const found = []
    for (const table of ['followed_calendar', 'series', 'webhook'] as const)
      found.push((await copy.selectFrom(table).select('id').execute()).map(({ id }) => id))
    return found
  })
  expect(left).toEqual([[], [series[1]?.id], []])
})

test('no program is told what was true before the backup: it is to read all anew', async () => {
  const { id: webhookId } = await addWebhook()
  const message = { kind: 'changes', items: 1, body: '{"title":"Un café cité"}' } as const
  await appendMessage(db, { webhookId, ...message }, NOW)
  const [waiting, since] = await restoredAfter(
    async () => undefined,
    async (copy) => {
      await prepareRestored(copy, NOW)
      const { since } = await copy.selectFrom('webhook').select('since').executeTakeFirstOrThrow()
      const mark = readMark(since)
      const messages = await copy.selectFrom('webhook_message').select('body').execute()
      return [messages, mark && (await isStillKnown(copy, mark))] as const
    },
  )
  expect(waiting).toEqual([])
  expect(since).toBe(false)
})
