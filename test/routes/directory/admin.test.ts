import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listTokens } from '../../../node/store/accounts/api-tokens.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { setFollowing, setMembership } from '../../../node/store/memberships.ts'
import { updateCafes } from '../../../node/store/search-index/write-cafes.ts'
import { announce, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const PATH = '/administration/reseau'

let server: WebServer
let browser: Browser
beforeEach(async () => {
  server = await startWeb({ role: 'hub' })
  browser = await signInByLink(server)
})
afterEach(() => server.stop())

const changes = async (): Promise<unknown[]> => {
  const rows = await server.context.db.selectFrom('change').select('body').orderBy('id').execute()
  return rows.map(({ body }) => JSON.parse(body))
}

async function aRequest(): Promise<string> {
  const { db, now } = server.context
  const actorUri = 'https://tiers-lieu.example/actors/instance'
  const { id } = await upsertPeer(db, { actorUri, name: 'Tiers-lieu de Die' })
  await setMembership(db, id, 'requested', now())
  return id
}

describe('a request to join the directory', () => {
  test('waits on the administration, and is accepted with one button', async () => {
    const id = await aRequest()
    expect((await browser.get('/administration')).text).toContain('site demande à rejoindre')
    const list = await browser.get(PATH)
    expect(list.text).toContain('Tiers-lieu de Die')
    expect(list.text).not.toContain('/accepter')
    const page = await browser.get(`${PATH}/${id}`)
    const answer = await browser.submit(page, `${PATH}/${id}/accepter`)
    expect(answer.location).toBe(`${PATH}?fait=siteAdmitted`)
    expect(await changes()).toEqual([{ type: 'membership-decided', peerId: id, admitted: true }])
    expect((await browser.get(PATH)).text).toContain('Membre')
  })

  test('or refused', async () => {
    const id = await aRequest()
    const page = await browser.get(`${PATH}/${id}`)
    expect(page.text).toContain('n’a pas répondu à l’instant')
    const unsaid = await browser.submit(page, `${PATH}/${id}/refuser`)
    expect(unsaid.status).toBe(422)
    expect(unsaid.text).toContain('id="why-erreur"')
    const other = await browser.submit(page, `${PATH}/${id}/refuser`, { why: 'other' })
    expect(other.text).toContain('id="words-erreur"')
    const long = { why: 'price', words: 'é'.repeat(301) }
    const cut = await browser.submit(page, `${PATH}/${id}/refuser`, long)
    expect(cut.status).toBe(422)
    expect(cut.text).toContain('é'.repeat(301))
    expect(await changes()).toEqual([])
    const said = { why: 'price', words: 'Écrivez-nous.' }
    const answer = await browser.submit(page, `${PATH}/${id}/refuser`, said)
    expect(answer.location).toBe(`${PATH}?fait=siteRefused`)
    const reason = 'Ce n’est pas gratuit. Écrivez-nous.'
    const decided = { type: 'membership-decided', peerId: id }
    expect(await changes()).toEqual([{ ...decided, admitted: false, reason }])
    expect((await browser.get(`${PATH}?etat=refuses`)).text).toContain('Tiers-lieu de Die')
    const refused = await browser.get(`${PATH}/${id}`)
    expect(refused.text).toContain('Écrivez-nous.')
    await browser.submit(refused, `${PATH}/${id}/accepter`)
    expect((await changes()).at(-1)).toEqual({ ...decided, admitted: true })
    expect((await browser.get(`${PATH}/${id}`)).text).toContain('est dans l’annuaire')
  })

  test('once in, it is let go with a reason, and taken in again', async () => {
    const id = await aRequest()
    await browser.submit(await browser.get(`${PATH}/${id}`), `${PATH}/${id}/accepter`)
    const asked = await browser.get(`${PATH}/${id}/arreter?why=other&words=`)
    expect(asked.status).toBe(422)
    expect(asked.text).toContain('id="words-erreur"')
    const question = await browser.get(`${PATH}/${id}/arreter?why=known&words=Voyez%20avec%20eux.`)
    expect(question.text).toContain('Voyez avec eux.')
    await browser.submit(question, `${PATH}/${id}/arreter`)
    expect((await changes()).at(-1)).toMatchObject({
      admitted: false,
      reason: 'Ce lieu est déjà dans l’annuaire. Voyez avec eux.',
    })
    const page = await browser.get(`${PATH}/${id}`)
    expect(page.text).toContain('n’est plus dans l’annuaire')
    await browser.submit(page, `${PATH}/${id}/accepter`)
    expect((await changes()).at(-1)).toMatchObject({ admitted: true })
  })
})

test('asking to follow or join writes the wish down and says where it stands', async () => {
  const page = await browser.get(PATH)
  const asked = await browser.submit(page, `${PATH}/suivre`, { 'follow.address': 'gancio.example' })
  expect(asked.location).toBe(`${PATH}?fait=requested`)
  await browser.submit(page, `${PATH}/suivre`, { 'follow.address': '@cafes@lieu.example' })
  expect(await changes()).toMatchObject([
    { type: 'follow-asked', address: 'https://gancio.example', join: false },
    { type: 'follow-asked', address: '@cafes@lieu.example', join: false },
  ])
  for (const address of ['', 'pas une adresse', 'javascript:alert(1)', 'ftp://x.example']) {
    const refused = await browser.submit(page, `${PATH}/suivre`, { 'follow.address': address })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(`value="${address}"`)
    expect(refused.text).toContain(
      address === '' ? 'Ce champ est nécessaire' : 'par exemple @cafes@agenda.example',
    )
  }
  expect(await changes()).toHaveLength(2)
})

test('an invitation code is shown once and stored only as a hash', async () => {
  const page = await browser.get(PATH)
  const made = await browser.submit(page, `${PATH}/invitations`, {
    'invitation.label': 'Réseau 26',
  })
  const code = /<code>([a-z2-9]{5}-[a-z2-9]{5}-[a-z2-9]{5})<\/code>/.exec(made.text)?.[1]
  expect(code).toBeDefined()
  const after = await browser.get(PATH)
  expect(after.text).toContain('Réseau 26')
  expect(after.text).not.toContain(code)
})

test('blocking a domain hides its cafés at once, lifting it shows them again', async () => {
  const { db } = server.context
  const id = await announce(browser, { title: 'Café d’ailleurs' })
  const actorUri = 'https://agenda.lieu.example/actors/instance'
  const peer = await upsertPeer(db, { actorUri, name: 'Ailleurs' })
  await setFollowing(db, peer.id, 'accepted', server.context.now())
  await updateCafes(db, { organization_id: null, peer_id: peer.id }, (qb) =>
    qb.where('id', '=', id),
  )
  const visitor = openBrowser(server.origin)
  expect((await visitor.get(`/cafes/${id}`)).status).toBe(200)

  const ask = (domain: string) =>
    browser.get(`${PATH}/blocages/nouveau?block.domain=${encodeURIComponent(domain)}`)
  const question = await ask('https://LIEU.example/')
  expect(question.text).toContain('Ses messages sont refusés')
  expect((await visitor.get(`/cafes/${id}`)).status).toBe(200)
  await browser.submit(question, `${PATH}/blocages`)
  expect((await visitor.get(`/cafes/${id}`)).status).toBe(404)
  expect((await visitor.get('/')).text).not.toContain('Café d’ailleurs')
  await browser.submit(await browser.get(`${PATH}/blocages`), `${PATH}/blocages/lever`)
  expect((await visitor.get(`/cafes/${id}`)).status).toBe(200)

  for (const domain of ['', 'fr', 'deux mots.fr', new URL(server.origin).host]) {
    expect((await ask(domain)).status).toBe(422)
    const sent = await browser.submit(question, `${PATH}/blocages`, { 'block.domain': domain })
    expect(sent.status).toBe(422)
  }
})

test('a café that was held back is shown or set aside by the team, nobody else sees it', async () => {
  const { db } = server.context
  const id = await announce(browser, { title: 'Café à 5 euros' })
  const actorUri = 'https://mobilizon.example/@cafes'
  const peer = await upsertPeer(db, { actorUri, name: 'Mobilizon' })
  await setFollowing(db, peer.id, 'accepted', server.context.now())
  const held = { organization_id: null, peer_id: peer.id, hidden_reason: 'price' as const }
  await updateCafes(db, held, (qb) => qb.where('id', '=', id))
  const visitor = openBrowser(server.origin)
  expect((await visitor.get(`/cafes/${id}`)).status).toBe(404)
  expect((await browser.get('/administration')).text).toContain('café reçu attend votre avis')

  await browser.submit(await browser.get(PATH), `${PATH}/cafes/${id}/montrer`)
  expect((await visitor.get(`/cafes/${id}`)).status).toBe(200)
  await updateCafes(db, held, (qb) => qb.where('id', '=', id))
  const aside = `${PATH}/cafes/${id}/ecarter`
  expect((await browser.get(PATH)).text).toContain(`href="${aside}"`)
  await browser.submit(await browser.get(aside), aside)
  expect((await visitor.get(`/cafes/${id}`)).status).toBe(404)
  expect((await browser.get(PATH)).text).not.toContain('Café à 5 euros')
})

test('a token is shown once, then only by its name, until it is revoked', async () => {
  const path = '/administration/jetons'
  const made = await browser.submit(await browser.get(path), path, { label: 'Site de la ville' })
  const token = /<code>([^<]+)<\/code>/.exec(made.text)?.[1] ?? ''
  expect(token.length).toBeGreaterThan(20)
  const after = await browser.get(path)
  expect(after.text).toContain('Site de la ville')
  expect(after.text).not.toContain(token)
  const [stored] = await listTokens(server.context.db, server.organization.id)
  const revoke = `${path}/${stored?.id}/revoquer`
  const question = await browser.get(revoke)
  expect(question.text).toContain('Révoquer le jeton')
  expect((await browser.get(path)).text).toContain('Site de la ville')
  await browser.submit(question, revoke)
  expect((await browser.get(revoke)).status).toBe(410)
  expect((await browser.get(path)).text).not.toContain('Site de la ville')
  expect((await browser.submit(after, path, { label: ' ' })).status).toBe(422)
})

test('an editor announces cafés but decides neither the network, nor tokens, nor the name', async () => {
  await server.context.db.updateTable('role').set({ role: 'editor' }).execute()
  await announce(browser)
  for (const path of [PATH, '/administration/jetons'])
    expect([path, (await browser.get(path)).status]).toEqual([path, 403])
  expect((await browser.get('/administration/lieu')).status).toBe(403)
})

test('another name of the structure is on every page at once', async () => {
  await announce(browser)
  const path = '/administration/lieu'
  const page = await browser.get(path)
  await browser.submit(page, path, { name: 'Annuaire « IA » & co' })
  const { text } = await openBrowser(server.origin).get('/')
  expect(text).toContain('Annuaire « IA » &amp; co')
  const anew = await browser.get(path)
  expect((await browser.submit(anew, path, { name: ' ' })).status).toBe(422)
})
