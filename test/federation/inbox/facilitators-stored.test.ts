import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { maintainFacilitators } from '../../../node/jobs/maintain-facilitators.ts'
import { planReconciliations } from '../../../node/jobs/plan-readings.ts'
import { toInstantText } from '../../../node/store/database/columns.ts'
import {
  deleteFacilitator,
  endOfShowing,
  findFacilitatorByUri,
} from '../../../node/store/facilitators/facilitators.ts'
import { insertMedia } from '../../../node/store/files/media.ts'
import { writeMediaFile } from '../../../node/store/files/media-storage.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { publishTestFacilitator } from '../../support/facilitator-profiles.ts'
import { type Site, startPair, until } from '../../support/network.ts'

/** Checks the scheduled tasks of a directory that delete people whose withdrawal of consent it could not receive. */
let hub: Site
let node: Site
beforeAll(async () => {
  ;({ hub, node } = await startPair())
}, 30_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

const atHub = (uri: string) => findFacilitatorByUri(hub.context.db, uri)
async function known(changes: Parameters<typeof publishTestFacilitator>[1] = {}) {
  const person = await publishTestFacilitator(node, changes)
  await until(() => atHub(person.uri))
  return person
}
/** Sets the last time that the person was confirmed to so many days ago. */
const heardDaysAgo = (uri: string, days: number) =>
  hub.context.db
    .updateTable('facilitator')
    .set({
      checked_at: hub.context
        .now()
        .subtract({ hours: days * 24 })
        .round({ smallestUnit: 'second', roundingMode: 'floor' })
        .toString(),
    })
    .where('uri', '=', uri)
    .execute()
const checkedAt = async (uri: string) =>
  (
    await hub.context.db
      .selectFrom('facilitator')
      .select('checked_at')
      .where('uri', '=', uri)
      .executeTakeFirst()
  )?.checked_at ?? ''

describe('once a week', () => {
  test('each profile is read again, those for structures too', async () => {
    for (const level of ['public', 'network'] as const) {
      const { uri } = await known({ level })
      await heardDaysAgo(uri, 8)
      await maintainFacilitators(hub.context)
      const yesterday = hub.context.now().subtract({ hours: 24 }).toString()
      await until(async () => (await checkedAt(uri)) > yesterday, { what: level })
    }
  })

  test('who is no longer there is erased, though nobody said so', async () => {
    const person = await known()
    // The Delete message was lost.
    await node.context.db
      .transaction()
      .execute((trx) => deleteFacilitator(trx, person.id, node.context.now()))
    await heardDaysAgo(person.uri, 8)
    await maintainFacilitators(hub.context)
    await until(async () => !(await atHub(person.uri)))
  })

  test('who could not be confirmed for five weeks is erased, and may come back by the same consent', async () => {
    const { uri } = await known()
    await heardDaysAgo(uri, 36)
    await maintainFacilitators(hub.context)
    expect(await atHub(uri)).toBeUndefined()
    await planReconciliations(hub.context)
    await until(() => atHub(uri))
  })
})

/** Sets the time at which its site last named it to so many hours ago. */
async function namedHoursAgo(uri: string, hours: number): Promise<void> {
  const { db, now } = hub.context
  const confirmed_at = toInstantText(now().subtract({ hours }))
  const { id, expires_at } = await db
    .updateTable('facilitator')
    .set({ confirmed_at })
    .where('uri', '=', uri)
    .returning(['id', 'expires_at'])
    .executeTakeFirstOrThrow()
  await db
    .updateTable('facilitator_entry')
    .set({ expires_at: endOfShowing({ confirmed_at, expires_at }) })
    .where('facilitator_id', '=', id)
    .execute()
}

/** Returns whether the person's page, the search and the API of the directory show the person. */
async function shownAt({ handle, name }: { handle: string; name: string }): Promise<boolean[]> {
  const read = (path: string) => fetch(`${hub.origin}${path}`)
  const page = await read(`/animation/${handle}@${node.host}`)
  const texts = await Promise.all(
    ['/animation', '/api/v1/facilitators?limit=100'].map(async (path) => (await read(path)).text()),
  )
  return [page.status === 200, ...texts.map((text) => text.includes(name))]
}

describe('each day', () => {
  test('whoever their site has not named for a day is not shown, until it does', async () => {
    const person = await known({ name: 'Aïssatou Cachée' })
    await until(async () => (await shownAt(person)).every(Boolean), { what: 'shown at first' })
    await node.stop()
    await namedHoursAgo(person.uri, 25)
    await maintainFacilitators(hub.context)
    expect(await shownAt(person)).toEqual([false, false, false])
    expect(await atHub(person.uri)).toBeDefined()
    await node.start()
    await maintainFacilitators(hub.context)
    await until(async () => (await shownAt(person)).every(Boolean), { what: 'shown again' })
  })

  test('whoever their site names no more is asked for at their own address, and erased', async () => {
    const person = await known({ name: 'Sans adieu' })
    const other = await known({ level: 'network' })
    await node.context.db
      .transaction()
      .execute((trx) => deleteFacilitator(trx, person.id, node.context.now()))
    for (const { uri } of [person, other]) await namedHoursAgo(uri, 7)
    await maintainFacilitators(hub.context)
    await until(async () => !(await atHub(person.uri)), { what: 'erased' })
    expect(await atHub(other.uri)).toBeDefined()
  })
})

test('a directory that lost everything reads the people of its members anew', async () => {
  const forAll = await known()
  const forStructures = await known({ level: 'network' })
  await hub.context.db.deleteFrom('facilitator').execute()
  await planReconciliations(hub.context)
  await until(async () => (await atHub(forAll.uri)) && (await atHub(forStructures.uri)))
})

test('a photo is copied small, shown from the directory, and goes with its person', async () => {
  const mediaId = randomBytes(16).toString('hex')
  const picture = await sharp({
    create: { width: 900, height: 900, channels: 3, background: '#aa3355' },
  })
    .withExif({ IFD0: { Copyright: 'secret-place' } })
    .jpeg()
    .toBuffer()
  const name = `${mediaId}-900.jpg`
  await writeMediaFile(node.context, name, picture)
  const organizationId = (await findSiteStructure(node.context.db))?.id ?? ''
  const size = { width: 900, height: 900, sizes: [900] }
  const media = { id: mediaId, organizationId, ...size, isOfPerson: true }
  await insertMedia(node.context.db, media, node.context.now())
  const { uri, handle } = await known({
    photo: { url: `${node.origin}/media/${name}`, alt: 'Une tache rouge', mediaId, ...size },
  })
  const id = (await atHub(uri))?.id ?? ''
  await until(
    () =>
      hub.context.db
        .selectFrom('facilitator_picture')
        .select('width')
        .where('facilitator_id', '=', id)
        .executeTakeFirst(),
    { what: 'the copy' },
  )
  const page = await (await fetch(`${hub.origin}/animation/${handle}@${node.host}`)).text()
  const [, src] = /<img class="thumb" src="([^"]+)"/.exec(page) ?? []
  expect(page).toContain('alt="Une tache rouge"')
  const answer = await fetch(`${hub.origin}${src?.replaceAll('&amp;', '&')}`)
  expect(answer.headers.get('content-type')).toBe('image/jpeg')
  expect(answer.headers.get('cache-control')).toContain('private')
  const bytes = Buffer.from(await answer.arrayBuffer())
  expect(await sharp(bytes).metadata()).toMatchObject({ width: 480, height: 480 })
  expect(bytes.includes('secret-place')).toBe(false)
  const second = hub.context.now().add({ seconds: 1 }).round({ smallestUnit: 'second' })
  await publishTestFacilitator(node, { handle, directories: [], updatedAt: second })
  await until(async () => !(await atHub(uri)))
  expect((await fetch(`${hub.origin}${src?.replaceAll('&amp;', '&')}`)).status).toBe(404)
  expect(await hub.context.db.selectFrom('facilitator_picture').select('width').execute()).toEqual(
    [],
  )
})
