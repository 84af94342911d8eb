import { describe, expect, test } from 'vitest'
import { announce, EMAIL } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import {
  camille,
  INVITATIONS,
  idOf,
  join,
  linkIn,
  NOA,
  paperPath,
  server,
  TEAM,
  useTeam,
} from './team-site.ts'

useTeam()

describe('roles', () => {
  test('a second administrator is suggested as long as there is one', async () => {
    const alone = 'seule personne qui administre'
    expect((await camille.get('/administration')).text).toContain(alone)
    const { browser: noa } = await join(await paperPath('administrator'))
    expect((await camille.get('/administration')).text).not.toContain(alone)
    expect((await noa.get('/administration')).text).not.toContain(alone)
  })

  test('the last administrator can neither lose the role nor be removed', async () => {
    await join(await paperPath('editor'))
    const id = await idOf(EMAIL)
    const question = await camille.get(`${TEAM}/${id}/role`)
    expect(question.text).toContain('C’est votre propre compte')
    const changed = await camille.submit(question, `${TEAM}/${id}/role`)
    expect(changed.status).toBe(422)
    expect(readable(changed.text)).toContain('C’est la dernière personne qui administre ce site')
    const asked = await camille.get(`${TEAM}/${id}/retirer`)
    expect((await camille.submit(asked, `${TEAM}/${id}/retirer`)).status).toBe(422)
    expect((await camille.get(TEAM)).status).toBe(200)
  })

  test('the last administrator is offered no way out, and told what to do first', async () => {
    const own = `${TEAM}/${await idOf(EMAIL)}`
    const alone = (await camille.get(TEAM)).text
    expect(alone).not.toContain(`${own}/retirer`)
    expect(alone).not.toContain(`${own}/role`)
    expect(alone).toContain('invitez ou nommez d’abord une autre personne')
    await join(await paperPath('administrator'))
    const together = (await camille.get(TEAM)).text
    expect(together).toContain(`${own}/retirer`)
    expect(together).toContain(`${own}/role`)
  })

  test('two administrators who remove each other at once leave one', async () => {
    const { browser: noa } = await join(await paperPath('administrator'))
    const [camilleId, noaId] = [await idOf(EMAIL), await idOf(NOA.email)]
    const remove = async (browser: Browser, id: string) =>
      browser.submit(await browser.get(`${TEAM}/${id}/role`), `${TEAM}/${id}/role`)
    await Promise.all([remove(camille, noaId), remove(noa, camilleId)])
    const left = await server.context.db
      .selectFrom('role')
      .select('account_id')
      .where('role', '=', 'administrator')
      .execute()
    expect(left).toHaveLength(1)
  })

  test('who is removed is out at once, and so are the invitations that they made', async () => {
    const { browser: noa } = await join(await paperPath('administrator'))
    const made = await noa.submit(await noa.get(TEAM), INVITATIONS, {
      way: 'paper',
      role: 'editor',
    })
    const path = linkIn(made.text)
    const id = await idOf(NOA.email)
    await camille.submit(await camille.get(`${TEAM}/${id}/retirer`), `${TEAM}/${id}/retirer`)
    expect((await noa.get('/administration')).status).toBe(302)
    expect((await openBrowser(server.origin).get(path)).status).toBe(410)
    expect((await camille.get(TEAM)).text).not.toContain(NOA.email)
  })

  test('an API token names who made it, may have an end, and ends with their account, which is said', async () => {
    const { browser: noa } = await join(await paperPath('administrator'))
    const TOKENS = '/administration/jetons'
    const page = await noa.get(TOKENS)
    const wrong = await noa.submit(page, TOKENS, { label: 'logiciel-x', endsOn: '2020-01-01' })
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('un jour à venir')])
    expect(wrong.text).toContain('value="logiciel-x"')
    const made = await noa.submit(page, TOKENS, { label: 'logiciel-x', endsOn: '2099-12-31' })
    const [token = ''] = /cafeia_[\w-]{43}/.exec(made.text) ?? []
    const write = async (secret: string) => {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
      const init = { method: 'POST', headers, body: '{}' }
      return (await fetch(`${server.origin}/api/v1/cafes`, init)).status
    }
    expect(await write(token)).toBe(422)
    const other = await camille.submit(await camille.get(TOKENS), TOKENS, { label: 'site' })
    const [kept = ''] = /cafeia_[\w-]{43}/.exec(other.text) ?? []
    const list = (await camille.get(TOKENS)).text
    expect(list).toMatch(/31.décembre.2099/u)
    expect(list.match(/data-label="Créé par">[^<]+/g)).toHaveLength(2)

    const id = await idOf(NOA.email)
    const asked = await camille.get(`${TEAM}/${id}/retirer`)
    expect(asked.text).toContain('Le jeton que cette personne a créé cesse aussi de servir')
    await camille.submit(asked, `${TEAM}/${id}/retirer`)
    expect(await write(token)).toBe(401)
    expect(await write(kept)).toBe(422)
    expect((await camille.get(TOKENS)).text).not.toContain('logiciel-x')
  })

  test('administrators read who changed the ways in and the settings, and about nobody else', async () => {
    const { browser: noa } = await join(await paperPath('administrator'))
    const TOKENS = '/administration/jetons'
    await noa.submit(await noa.get(TOKENS), TOKENS, { label: 'logiciel-x' })
    const refused = await noa.submit(await noa.get(TOKENS), TOKENS, { label: '' })
    expect(refused.status).toBe(422)
    const blocks = '/administration/reseau/blocages'
    await noa.submit(await noa.get(`${blocks}/nouveau?block.domain=mauvais.example`), blocks)
    const settings = '/administration/reglages'
    expect((await noa.submit(await noa.get(settings), settings)).status).toBe(303)
    const id = await idOf(NOA.email)
    await camille.submit(await camille.get(`${TEAM}/${id}/role`), `${TEAM}/${id}/role`)
    await camille.submit(await camille.get(`${TEAM}/${id}/retirer`), `${TEAM}/${id}/retirer`)
    const page = await camille.get(`${TEAM}/journal`)
    const rows = [...page.text.matchAll(/"Qui">([^<]*).*?"Quoi">([^<]*)/gs)].map(([, who, act]) =>
      readable(`${who} ${act}`),
    )
    // The clock of this server does not move, so the rows have no order of time.
    expect(rows.sort()).toEqual([
      'Camille a changé le rôle d’un compte : Éditrice ou éditeur',
      'Camille a invité une personne : Administratrice ou administrateur',
      'Camille a retiré un compte',
      'Noa a bloqué mauvais.example',
      'Noa a changé les réglages',
      'Noa a créé un jeton',
      'cafe-ia sign-in-link a créé un compte : Administratrice ou administrateur',
    ])
    expect(page.text).not.toMatch(/logiciel-x|noa@/)
    expect((await noa.get(`${TEAM}/journal`)).status).not.toBe(200)
  })

  test('an editor announces cafés and opens nothing else', async () => {
    const { browser: noa } = await join(await paperPath('editor'))
    await announce(noa)
    const { csrf = '' } = fieldsOf(
      (await noa.get('/administration')).text,
      '/administration/deconnexion',
    )
    const id = await idOf(EMAIL)
    const posts = [
      '/administration/reglages',
      '/administration/lieu',
      '/administration/jetons',
      '/administration/jetons/x/revoquer',
      '/administration/reseau/rejoindre',
      '/administration/reseau/suivre',
      '/administration/reseau/invitations',
      '/administration/reseau/blocages',
      '/administration/reseau/cafes/x/montrer',
      '/administration/reseau/x/accepter',
      '/administration/premiers-pas/annuaire/passer',
      INVITATIONS,
      `${INVITATIONS}/x/retirer`,
      `${TEAM}/${id}/role`,
      `${TEAM}/${id}/retirer`,
    ]
    for (const path of posts) {
      const { status } = await noa.post(path, { csrf, role: 'editor', organization: 'Faux' })
      expect([path, status]).toEqual([path, 403])
    }
    const pages = ['reglages', 'lieu', 'jetons', 'reseau', 'premiers-pas', 'equipe', 'courriels']
    for (const page of pages) {
      const { status } = await noa.get(`/administration/${page}`)
      expect([page, status]).toEqual([page, 403])
    }
    for (const page of ['', '/cafes/nouveau', '/import', '/compte']) {
      const { status } = await noa.get(`/administration${page}`)
      expect([page, status]).toEqual([page, 200])
    }
    // The page says what to do, and has links to what this person may open.
    const refused = (await noa.get(TEAM)).text
    expect(refused).toContain('Demandez à l’une d’elles')
    expect(refused).toContain('<a href="/administration">')
    expect(refused).not.toContain('/administration/connexion')
    expect(await idOf(EMAIL)).toBe(id)
    expect((await camille.get(TEAM)).status).toBe(200)
  })

  test('a new role counts from the next page on', async () => {
    const { browser: noa } = await join(await paperPath('editor'))
    expect((await noa.get(TEAM)).status).toBe(403)
    const action = `${TEAM}/${await idOf(NOA.email)}/role`
    await camille.submit(await camille.get(TEAM), action, { role: 'administrator' })
    expect((await noa.get(TEAM)).status).toBe(200)
  })

  test('somebody of another structure is nobody here', async () => {
    const { csrf = '' } = fieldsOf((await camille.get(TEAM)).text, INVITATIONS)
    for (const action of ['role', 'retirer']) {
      const { status } = await camille.post(`${TEAM}/nobody/${action}`, { csrf, role: 'editor' })
      expect([action, status]).toEqual([action, 410])
    }
  })
})

test('a password never comes back in a page, whatever else is wrong', async () => {
  const password = 'onze éléphants très gris'
  const { answer } = await join(await paperPath(), { email: 'x', password })
  expect(answer.status).toBe(422)
  expect(answer.text).not.toContain(password)
})
