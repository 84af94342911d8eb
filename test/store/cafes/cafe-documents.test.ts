import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toEvent } from '../../../federation/wire/event.ts'
import { insertAnnouncer } from '../../../node/store/cafes/cafe-announcers.ts'
import {
  findCafeDocument,
  saveCafeDocument,
  signedLines,
} from '../../../node/store/cafes/cafe-documents.ts'
import { deleteCafe, findCafe, saveCafe } from '../../../node/store/cafes/cafes.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { openTestDatabase } from '../../support/database.ts'
import { aCafe } from '../../support/some-cafes.ts'

const NOW = Temporal.Instant.from('2026-11-25T10:00:00Z')
const DESCRIPTION =
  '<p>On commence par un tour de table, puis on essaie ensemble deux outils sur un cas réel.</p>'

let store: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  store = await openTestDatabase()
})
afterEach(() => store.close())

/** Stores a café of a peer with the Event that the peer signed. */
async function receive() {
  const actorUri = 'https://node.example/actors/instance'
  const peer = await upsertPeer(store.db, { actorUri, name: 'Médiathèque' })
  await setMembership(store.db, peer.id, 'member', NOW)
  const cafe = aCafe({ peerId: peer.id, descriptionHtml: DESCRIPTION })
  const body = JSON.stringify(toEvent(cafe, 'https://node.example'))
  await saveCafe(store.db, cafe)
  await saveCafeDocument(store.db, { uri: cafe.uri, body })
  return { cafe, body }
}

const sizeOf = async (id: string): Promise<number | undefined> => {
  const row = await store.db
    .selectFrom('cafe_document')
    .select('body')
    .where('cafe_id', '=', id)
    .executeTakeFirst()
  return row?.body.length
}

describe('the signed text of a café', () => {
  test('takes a tenth of its length and is read byte for byte', async () => {
    const { cafe, body } = await receive()
    expect(await findCafeDocument(store.db, cafe.uri)).toBe(body)
    expect(await sizeOf(cafe.id)).toBeLessThan(body.length / 10)
    expect(await signedLines(store.db, ['https://node.example/none', cafe.uri])).toBe(`${body}\n`)
  })

  test('is that of the last revision, whose words are others', async () => {
    const { cafe } = await receive()
    const changed = { ...cafe, title: 'Un autre titre', descriptionHtml: '' }
    const body = JSON.stringify(toEvent(changed, 'https://node.example'))
    await saveCafe(store.db, changed)
    await saveCafeDocument(store.db, { uri: cafe.uri, body })
    expect(await findCafeDocument(store.db, cafe.uri)).toBe(body)
  })

  test('of ours stays what was said last while the administration changes the café', async () => {
    await insertOrganization(store.db, { id: 'organization-1', slug: 'lieu', name: 'Lieu' }, NOW)
    const cafe = aCafe({ descriptionHtml: DESCRIPTION })
    const body = JSON.stringify(toEvent(cafe, 'https://node.example'))
    await saveCafe(store.db, cafe)
    await saveCafeDocument(store.db, { uri: cafe.uri, body })
    await saveCafe(store.db, { ...cafe, title: 'Un autre titre' })
    expect(await findCafeDocument(store.db, cafe.uri)).toBe(body)
  })

  test('stays when the server of the café is followed and takes it over from another one', async () => {
    const other = await upsertPeer(store.db, {
      ...{ actorUri: 'https://other.example/actors/instance', name: 'Annuaire' },
    })
    await setMembership(store.db, other.id, 'member', NOW)
    const cafe = aCafe({ peerId: other.id, descriptionHtml: DESCRIPTION })
    const body = JSON.stringify(toEvent(cafe, 'https://node.example'))
    await saveCafe(store.db, cafe)
    await saveCafeDocument(store.db, { uri: cafe.uri, body })
    await insertAnnouncer(store.db, { uri: cafe.uri, announcer: other })
    const actorUri = 'https://node.example/actors/instance'
    const peer = await upsertPeer(store.db, { actorUri, name: 'Le nom de la structure' })
    await setMembership(store.db, peer.id, 'member', NOW)
    expect(await findCafe(store.db, cafe.id)).toMatchObject({
      peerId: peer.id,
      organizer: { name: 'Le nom de la structure' },
    })
    expect(await findCafeDocument(store.db, cafe.uri)).toBe(body)
  })

  test('goes with the café, and none comes for a café that is gone', async () => {
    const { cafe, body } = await receive()
    await deleteCafe(store.db, cafe.id)
    expect(await sizeOf(cafe.id)).toBeUndefined()
    await saveCafeDocument(store.db, { uri: cafe.uri, body })
    expect(await findCafeDocument(store.db, cafe.uri)).toBeUndefined()
  })
})
