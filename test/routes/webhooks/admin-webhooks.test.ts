import { afterEach, beforeEach, expect, test } from 'vitest'
import { createToken, revokeToken } from '../../../node/store/accounts/api-tokens.ts'
import { findMark } from '../../../node/store/search/changed-cafes.ts'
import { appendMessage, markWebhookStopped } from '../../../node/store/webhooks/messages.ts'
import { insertWebhook, listWebhooks } from '../../../node/store/webhooks/webhooks.ts'
import { signInByLink } from '../../support/admin.ts'
import type { Browser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

/** The team sees what was sent to other programs, tests it, resumes it and ends it. */

const PATH = '/administration/webhooks'

let server: WebServer
let browser: Browser
let tokenId: string
let id: string
beforeEach(async () => {
  server = await startWeb()
  browser = await signInByLink(server)
  const { db, now } = server.context
  const made = { organizationId: server.organization.id, label: 'Site de la ville' }
  tokenId = (await createToken(db, made, now())).id
  const { organizationId } = made
  const asked = {
    organizationId,
    tokenId,
    url: 'https://ville.example/hook',
    search: 'mode=online',
  }
  id = (await insertWebhook(db, { ...asked, mark: await findMark(db) }, now())).id
})
afterEach(() => server.stop())

const readMessages = () =>
  server.context.db.selectFrom('webhook_message').select(['kind', 'due_at']).execute()

test('the page says to whom what was sent, and sends a test', async () => {
  const page = await browser.get(PATH)
  for (const words of ['ville.example/hook', 'mode=online', 'Site de la ville', 'Aucun message'])
    expect(page.text).toContain(words)
  expect(page.text).not.toContain('whsec_')
  expect(page.text).not.toContain('/reprendre')
  const tested = await browser.submit(page, `${PATH}/${id}/tester`)
  expect(tested.location).toBe(`${PATH}?fait=webhookTested`)
  expect(await readMessages()).toMatchObject([{ kind: 'test' }])
  expect((await browser.get(PATH)).text).toContain('en attente')
})

test('one that was given up waits on the home until the team resumes it', async () => {
  const { db, now } = server.context
  const later = now().add({ hours: 12 }).toString()
  await appendMessage(db, { webhookId: id, kind: 'changes', items: 3, body: '{}' }, now())
  await db.updateTable('webhook_message').set({ due_at: later, attempts: 9 }).execute()
  await markWebhookStopped(db, id, now())
  expect((await browser.get('/administration')).text).toContain('webhook est arrêté')
  const page = await browser.get(PATH)
  expect(page.text).toMatch(/pas de réponse, 9\senvois/)
  await browser.submit(page, `${PATH}/${id}/reprendre`)
  expect((await browser.get('/administration')).text).not.toContain('webhook est arrêté')
  expect(await readMessages()).toEqual([{ kind: 'changes', due_at: expect.any(String) }])
  expect((await readMessages())[0]?.due_at).not.toBe(later)
})

test('one whose token has ended waits for nobody, and goes with a token that is revoked', async () => {
  const { db, now } = server.context
  await markWebhookStopped(db, id, now())
  const organizationId = server.organization.id
  await db.updateTable('api_token').set({ expires_at: now().toString() }).execute()
  expect((await browser.get('/administration')).text).not.toContain('webhook est arrêté')
  const page = await browser.get(PATH)
  expect(page.text).toContain('Ce jeton est terminé')
  expect(page.text).not.toContain('/reprendre')
  await revokeToken(db, { id: tokenId, organizationId }, now())
  expect(await listWebhooks(db, { organizationId })).toEqual([])
})

test('one whose search is no longer understood cannot be resumed, and the page says why', async () => {
  const { db, now } = server.context
  await db.updateTable('webhook').set({ search: 'former=1' }).execute()
  await markWebhookStopped(db, id, now())
  const page = await browser.get(PATH)
  expect(page.text).toContain('ne comprend plus cette recherche')
  expect(page.text).not.toContain('/reprendre')
})

test('it is deleted with what waits, after a question', async () => {
  const remove = `${PATH}/${id}/supprimer`
  const question = await browser.get(remove)
  expect(question.text).toContain('https://ville.example/hook')
  await browser.submit(await browser.get(PATH), `${PATH}/${id}/tester`)
  await browser.submit(question, remove)
  expect((await browser.get(PATH)).text).toContain('Aucun webhook.')
  expect((await browser.get(remove)).status).toBe(410)
  expect(await readMessages()).toEqual([])
})
