import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashSecret } from '../../../node/store/database/secrets.ts'
import { EMAIL, newLinkPath, PASSWORD, signInByLink } from '../../support/admin.ts'
import { openBrowser } from '../../support/browser.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let server: WebServer
beforeAll(async () => {
  server = await startWeb()
})
afterAll(() => server.stop())

const signInWith = async (password: string, browser = openBrowser(server.origin)) => {
  const page = await browser.get('/administration/connexion')
  const answer = await browser.submit(page, '/administration/connexion', { email: EMAIL, password })
  return { browser, answer }
}

describe('the one-time link', () => {
  test('opening it uses nothing up, pressing its button signs in, once', async () => {
    const path = await newLinkPath(server)
    const scanner = openBrowser(server.origin)
    expect((await scanner.get(path)).status).toBe(200)
    expect((await scanner.get('/administration')).status).toBe(302)

    const browser = openBrowser(server.origin)
    const entered = await browser.submit(await browser.get(path), path)
    expect([entered.status, entered.location]).toEqual([303, '/administration'])
    expect((await browser.get('/administration')).location).toBe('/administration/bienvenue')

    const second = openBrowser(server.origin)
    expect((await second.get(path)).status).toBe(410)
    expect((await second.post(path, {})).status).toBe(410)
    expect(second.cookies.size).toBe(0)
  })

  test('it names this server, is stored only as a hash, and is dead after 24 hours', async () => {
    const path = await newLinkPath(server)
    const token = path.split('/').at(-1) ?? ''
    const stored = await server.context.db
      .selectFrom('link')
      .select('token_hash')
      .where('token_hash', 'in', [token, hashSecret(token)])
      .execute()
    expect(stored).toEqual([{ token_hash: hashSecret(token) }])

    server.advance({ hours: 24 })
    expect((await openBrowser(server.origin).get(path)).status).toBe(410)
  })

  test('a new account must give its e-mail and a long password before anything else', async () => {
    const path = await newLinkPath(server)
    const browser = openBrowser(server.origin)
    await browser.submit(await browser.get(path), path)
    const welcome = await browser.get('/administration/bienvenue')
    const wrong = await browser.submit(welcome, '/administration/bienvenue', {
      name: 'Camille',
      email: 'camille@',
      password: 'trop court',
      passwordAgain: 'autre',
    })
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="Camille"')
    expect(wrong.text).toContain('mot de passe est trop court')
    expect(wrong.text).toContain('adresse e-mail complète')
    const longest = 'a'.repeat(201)
    const fields = { name: 'Camille', email: EMAIL, password: longest, passwordAgain: longest }
    const tooLong = await browser.submit(welcome, '/administration/bienvenue', fields)
    expect(tooLong.text).toContain('mot de passe est trop long')
    expect((await browser.get('/administration/jetons')).location).toBe('/administration/bienvenue')
  })
})

describe('the password', () => {
  beforeAll(async () => {
    await signInByLink(server)
  })

  test('it is kept as argon2id', async () => {
    const row = await server.context.db
      .selectFrom('account')
      .select('password_hash')
      .where('email', '=', EMAIL)
      .executeTakeFirstOrThrow()
    expect(row.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  })

  test('the right one opens the administration, whatever the case of the e-mail', async () => {
    const browser = openBrowser(server.origin)
    const page = await browser.get('/administration/connexion')
    const answer = await browser.submit(page, '/administration/connexion', {
      email: ` ${EMAIL.toUpperCase()} `,
      password: PASSWORD,
    })
    expect(answer.location).toBe('/administration')
    expect((await browser.get('/administration')).text).toContain('Bonjour Camille')
  })

  test('a wrong one and an unknown e-mail get the same answer', async () => {
    const { answer: wrong } = await signInWith('pas le bon')
    const browser = openBrowser(server.origin)
    const page = await browser.get('/administration/connexion')
    const unknown = await browser.submit(page, '/administration/connexion', {
      email: 'nobody@mediatheque.example',
      password: 'pas le bon',
    })
    expect([wrong.status, unknown.status]).toEqual([422, 422])
    expect(unknown.text.replace('nobody@mediatheque.example', EMAIL)).toBe(wrong.text)
  })

  test('the way back leads only inside the administration', async () => {
    for (const [asked, led] of [
      ['/administration/import', '/administration/import'],
      ['//evil.example', '/administration'],
      ['https://evil.example/administration', '/administration'],
      ['/administration/..//evil.example', '/administration'],
      ['/\\evil.example', '/administration'],
    ] as const) {
      const browser = openBrowser(server.origin)
      const answer = await browser.post('/administration/connexion', {
        email: EMAIL,
        password: PASSWORD,
        retour: asked,
      })
      expect([asked, answer.location]).toEqual([asked, led])
    }
  })

  test('a session id that was set before signing in is not a session afterwards', async () => {
    const browser = openBrowser(server.origin)
    const name = `cafe-ia-${new URL(server.origin).port}`
    browser.cookies.set(name, 'chosen-by-somebody-else')
    await signInWith(PASSWORD, browser)
    const first = browser.cookies.get(name)
    expect(first).not.toBe('chosen-by-somebody-else')

    await browser.post('/administration/connexion', { email: EMAIL, password: PASSWORD })
    expect(browser.cookies.get(name)).not.toBe(first)
    const old = openBrowser(server.origin)
    old.cookies.set(name, first ?? '')
    expect((await old.get('/administration')).status).toBe(302)
  })

  test('after signing out the cookie opens nothing', async () => {
    const { browser } = await signInWith(PASSWORD)
    const kept = new Map(browser.cookies)
    const out = await browser.submit(
      await browser.get('/administration'),
      '/administration/deconnexion',
    )
    expect(out.status).toBe(303)
    expect(browser.cookies.size).toBe(0)
    for (const [name, value] of kept) browser.cookies.set(name, value)
    expect((await browser.get('/administration')).status).toBe(302)
  })

  test('a session ends 30 days after its last use', async () => {
    const { browser } = await signInWith(PASSWORD)
    server.advance({ hours: 24 * 29 })
    expect((await browser.get('/administration')).status).toBe(200)
    server.advance({ hours: 24 * 29 })
    expect((await browser.get('/administration')).status).toBe(200)
    server.advance({ hours: 24 * 30 })
    expect((await browser.get('/administration')).status).toBe(302)
  })

  test('changing it ends every other session and every link', async () => {
    const { browser: here } = await signInWith(PASSWORD)
    const { browser: there } = await signInWith(PASSWORD)
    const link = await newLinkPath(server)
    const account = await here.get('/administration/compte')
    const fields = { password: 'un tout autre secret', passwordAgain: 'un tout autre secret' }
    const refused = await here.submit(account, '/administration/compte/mot-de-passe', {
      currentPassword: 'pas le bon',
      ...fields,
    })
    expect(refused.status).toBe(422)
    expect((await there.get('/administration')).status).toBe(200)

    await here.submit(account, '/administration/compte/mot-de-passe', {
      currentPassword: PASSWORD,
      ...fields,
    })
    expect((await here.get('/administration')).status).toBe(200)
    expect((await there.get('/administration')).status).toBe(302)
    expect((await here.get(link)).status).toBe(410)
    expect((await signInWith(PASSWORD)).answer.status).toBe(422)
    expect((await signInWith('un tout autre secret')).answer.status).toBe(303)
  })
})
