import { afterEach, beforeEach, expect, test } from 'vitest'
import { announce, newLinkPath, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
let camille: Browser
beforeEach(async () => {
  server = await startWeb()
  camille = await signInByLink(server)
})
afterEach(() => server.stop())

const address = (id: string) => `/administration/cafes/${id}/supprimer`

test('two clicks on "delete", together or one after the other, end where one does', async () => {
  const id = await announce(camille)
  const page = await camille.get(address(id))
  const together = [1, 2].map(() => camille.submit(page, address(id)))
  const answers = await Promise.all(together)
  answers.push(await camille.submit(page, address(id)))
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
  expect(new Set(answers.map(({ location }) => location))).toEqual(
    new Set(['/administration?fait=deleted']),
  )
})

test('who deletes what a colleague deleted meanwhile reads so', async () => {
  const id = await announce(camille)
  const page = await camille.get(address(id))
  const other = openBrowser(server.origin)
  const link = await newLinkPath(server)
  await other.submit(await other.get(link), link)
  const otherPage = await other.get(address(id))
  expect((await camille.submit(page, address(id))).status).toBe(303)
  const late = await other.submit(otherPage, address(id))
  expect(late.status).toBe(409)
  expect(late.text).toContain('a été supprimé')
})

test('what can be done twice is done twice', async () => {
  const form = '/administration/cafes/nouveau'
  const other = { title: 'Un autre café', date: '2026-12-10' }
  const ids = [await announce(camille), await announce(camille, other)]
  expect(new Set(ids).size).toBe(2)
  const refused = await camille.submit(await camille.get(form), form, { title: '' })
  const again = await camille.submit(await camille.get(form), form, { title: '' })
  expect([refused.status, again.status]).toEqual([422, 422])
})

test('the same again after something else is done again', async () => {
  const { db } = server.context
  const path = `/administration/cafes/${await announce(camille)}/situation`
  for (const situation of ['full', 'as-planned', 'full'])
    await camille.submit(await camille.get(path), path, { situation })
  const rows = await db.selectFrom('cafe').select('seats_left').execute()
  expect(rows).toEqual([{ seats_left: 0 }])
})

test('a double click invites once, makes one token, and shows the same page twice', async () => {
  const { db } = server.context
  const team = '/administration/equipe'
  const invite = { role: 'editor', way: 'mail', email: 'noa@lieu.example' }
  const invitation = await camille.get(team)
  const sent = await Promise.all(
    [1, 2].map(() => camille.submit(invitation, `${team}/invitations`, invite)),
  )
  expect(sent.map(({ status }) => status)).toEqual([303, 303])
  expect(await db.selectFrom('team_invitation').select('id').execute()).toHaveLength(1)
  expect(await db.selectFrom('mail').select('id').execute()).toHaveLength(1)

  const tokens = '/administration/jetons'
  const form = await camille.get(tokens)
  const [one, other] = await Promise.all(
    [1, 2].map(() => camille.submit(form, tokens, { label: 'site de la ville' })),
  )
  expect(one?.status).toBe(200)
  expect(other?.text).toBe(one?.text)
  expect(await db.selectFrom('api_token').select('id').execute()).toHaveLength(1)
})
