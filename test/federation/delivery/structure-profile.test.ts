import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Json } from '../../../federation/wire/json.ts'
import { fromMultibase } from '../../../federation/wire/multikey.ts'
import { verifyProof } from '../../../federation/wire/proof.ts'
import { listPeers } from '../../../node/store/directory/peers.ts'
import {
  findStructureProfile,
  saveStructureProfile,
} from '../../../node/store/structures/profiles.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { type Site, startPair, until } from '../../support/network.ts'
import { type RemotePeer, startRemotePeer } from '../../support/remote-peer.ts'

describe('a place that changes its name', () => {
  let hub: Site
  let node: Site
  let reader: RemotePeer

  beforeAll(async () => {
    ;({ hub, node } = await startPair())
    reader = await startRemotePeer(0)
    const actor = reader.addActor('reader')
    await reader.send(actor, `${node.origin}/inbox`, {
      '@context': 'https://www.w3.org/ns/activitystreams',
      id: `${reader.origin}/follows/1`,
      type: 'Follow',
      actor: actor.uri,
      object: `${node.origin}/actors/cafes`,
    })
    await until(() => reader.activitiesOf('Accept').length > 0)

    const { db, now, wake } = node.context
    const { id = '' } = (await findSiteStructure(db)) ?? {}
    const profile = await findStructureProfile(db, id)
    if (!profile) throw new Error('no profile')
    const renamed = { ...profile, name: 'La Fabrique', phone: '02 99 12 34 56' }
    await saveStructureProfile(db, { id, profile: renamed }, now())
    wake()
  })
  afterAll(async () => {
    await Promise.all([hub.close(), node.close(), reader.close()])
  })

  test('tells its followers, with a proof', async () => {
    await until(() => reader.activitiesOf('Update').length > 0)
    const [update] = reader.activitiesOf('Update')
    const activity = update?.json as Json
    const id = `${node.origin}/actors/cafes`
    expect(activity).toMatchObject({
      actor: id,
      object: { id, type: 'Group', name: 'Cafés IA – La Fabrique' },
    })
    const { json } = await node.get(id)
    expect((activity.object as Json).attachment).toEqual(json.attachment)
    const [key] = json.assertionMethod as { publicKeyMultibase: string }[]
    const publicKey = fromMultibase(key?.publicKeyMultibase ?? '')
    expect(publicKey && verifyProof(activity, publicKey)).toBe(true)
  })

  test('is called by its new name at the directory', async () => {
    const names = async () => (await listPeers(hub.context.db)).map(({ name }) => name)
    await until(async () => (await names()).includes('La Fabrique'))
    expect(await names()).toEqual(['La Fabrique'])
  })
})
