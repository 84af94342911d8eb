import { afterEach, beforeEach, expect, test } from 'vitest'
import { findOrganizerAfter } from '../../../federation/actors/owners.ts'
import type { OpenDatabase } from '../../../node/store/database/database.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { openTestDatabase } from '../../support/database.ts'

const GROUP = 'https://many.example/actors/group'
const OTHER = 'https://many.example/actors/other'
const uri = 'https://many.example/cafes/1'

let db: OpenDatabase
let close: () => Promise<void>
beforeEach(async () => {
  ;({ db, close } = await openTestDatabase())
})
afterEach(() => close())

/** What a group says of the café of another actor of its server, without speaking itself. */
const said = async (isAtItsAddress: boolean) =>
  findOrganizerAfter(db, {
    peer: await upsertPeer(db, { actorUri: GROUP, name: 'Le groupe' }),
    speaker: undefined,
    isAtItsAddress,
    current: { organizer: { uri: OTHER, name: '', url: '' } },
    uri,
    owners: [OTHER],
  })

test('the list of a group rewrites no café of another actor of its server, the café’s own address does', async () => {
  expect(await said(false)).toBeUndefined()
  expect(await said(true)).toBe(OTHER)
})
