import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findFacilitatorByUri } from '../../../node/store/facilitators/facilitators.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { publishTestFacilitator } from '../../support/facilitator-profiles.ts'
import { type Site, startPair, until } from '../../support/network.ts'

let hub: Site
let node: Site
let admin: Browser
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  admin = await signInByLink(node)
}, 30_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

const PAGE = '/administration/animation/trouver'

describe('a structure that looks for somebody', () => {
  test('sees those who show themselves to structures, and writes to them through the directory', async () => {
    const person = await publishTestFacilitator(node, {
      name: 'Fatou Discrète',
      level: 'network',
      territory: 'c-35238',
      contact: 'relay',
      shownContact: undefined,
    })
    await until(() => findFacilitatorByUri(hub.context.db, person.uri))
    const found = await admin.get(`${PAGE}?ou=35000&rayon=30`)
    expect(found.status).toBe(200)
    expect(found.text).toContain('Fatou Discrète')
    expect(found.text).toContain('Montré aux structures seulement')
    expect(found.text).not.toContain('chez-elle')

    const fields = {
      personne: person.uri,
      annuaire: `${hub.origin}/actors/instance`,
      ou: '35000',
      champ: 'message.0.0',
    }
    const empty = await admin.submit(await admin.get(`${PAGE}?ou=35000`), `${PAGE}/message`, {
      ...fields,
      'message.0.0': '',
    })
    expect(empty.status).toBe(422)
    expect(empty.text).toContain('id="message-0-0-erreur"')
    const sent = await admin.submit(await admin.get(`${PAGE}?ou=35000`), `${PAGE}/message`, {
      ...fields,
      'message.0.0': 'Le 12 mars ?',
    })
    expect(sent.status).toBe(303)
    await until(() =>
      node.context.db
        .selectFrom('mail')
        .select('id')
        .where('facilitator_id', '=', person.id)
        .executeTakeFirst(),
    )
  })

  test('is told what to do about several towns, an unknown one, and nobody', async () => {
    expect((await admin.get(`${PAGE}?ou=Saint-Denis`)).text).toContain('class="understood"')
    const unknown = await admin.get(`${PAGE}?ou=Xyzabc`)
    expect(unknown.status).toBe(422)
    expect(unknown.text).toContain('id="ou-erreur"')
    expect((await admin.get(`${PAGE}?q=nobodyatall`)).text).toContain('Personne ne correspond')
  })

  test('writes to nobody through who is no directory of its own', async () => {
    const answer = await admin.submit(await admin.get(`${PAGE}?ou=35000`), `${PAGE}/message`, {
      personne: 'https://ailleurs.example/animation/x',
      annuaire: 'https://ailleurs.example/actors/instance',
      champ: 'message.0.0',
      'message.0.0': 'Bonjour',
    })
    expect(answer.status).toBe(429)
    expect(await node.context.db.selectFrom('contact_message').selectAll().execute()).toEqual([])
  })
})
