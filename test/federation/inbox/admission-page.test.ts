import { afterAll, beforeAll, expect, test } from 'vitest'
import { emptyProfileFor } from '../../../node/domain/structures/structure-profile.ts'
import { saveStructureProfile } from '../../../node/store/structures/profiles.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { peerOf, type Site, startSite, until } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { appoint } from '../../support/referents.ts'

/**
 * A request to join from a real site: the page that the team of a directory sees, and the answer that the place reads.
 */

let hub: Site
let node: Site
let place: Browser
beforeAll(async () => {
  hub = await startSite({ role: 'hub', name: 'Annuaire' })
  node = await startSite({ name: 'Médiathèque des Tilleuls' })
  const { db, now } = node.context
  const { id = '' } = (await findSiteStructure(db)) ?? {}
  const address = {
    ...{ streetAddress: '1 place', postalCode: '26150', commune: 'Die', codeInsee: '26113' },
    ...{ departement: '26', region: '84' },
  }
  const profile = emptyProfileFor('Médiathèque des Tilleuls')
  const said = { kind: 'BIB', phone: '04 75 00 00 00', address } as const
  await saveStructureProfile(db, { id, profile: { ...profile, ...said } }, now())
  await node.publish({ title: 'Premières questions' })
  place = await signInByLink(node)
  const network = '/administration/reseau'
  await place.submit(await place.get(network), `${network}/rejoindre`, {
    'join.address': hub.origin,
    'join.message': 'Deux cafés <b>cet automne</b>.',
  })
  await until(async () => (await peerOf(hub, node))?.membership === 'requested')
})
afterAll(async () => {
  await node?.close()
  await hub?.close()
})

test('its page has what the site says now; refused, the place reads why; accepted after all, it is in', async () => {
  await appoint(hub, { territory: '26', name: 'Noé Aubert' })
  const team = await signInByLink(hub)
  const path = `/administration/reseau/${(await peerOf(hub, node))?.id}`
  const page = await team.get(path)
  const text = readable(page.text)
  expect(page.status).toBe(200)
  for (const words of [
    '26150 Die',
    '04 75 00 00 00',
    'Drôme (26) : Noé Aubert',
    'Premières questions',
    'Répond à l’instant.',
    'Deux cafés &lt;b&gt;cet automne&lt;/b&gt;.',
  ])
    expect(text).toContain(words)
  // Nothing of a site that is not a member is stored to be shown.
  expect(await hub.titles()).toEqual([])

  await team.submit(page, `${path}/refuser`, { why: 'unreached', words: 'Rappelez-nous.' })
  const home = async () => readable((await place.get('/administration')).text)
  const reason = 'Raison donnée : « Nous n’avons pas pu vous joindre. Rappelez-nous. »'
  await until(async () => (await home()).includes(reason), { what: 'the reason' })

  await team.submit(await team.get(path), `${path}/accepter`)
  await until(async () => (await hub.titles()).includes('Premières questions'), {
    what: 'its café',
  })
  await until(async () => !(await home()).includes('n’accepte pas vos cafés'))
})
