import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createApiToken } from '../../../node/commands/token.ts'
import { findAccountByEmail, insertAccount } from '../../../node/store/accounts/accounts.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { KEY_FILE } from '../../../node/store/files/site-key.ts'
import { findSiteStructure } from '../../../node/store/structures/site-structure.ts'
import { EMAIL, newLinkPath, PASSWORD, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser, type Page } from '../../support/browser.ts'
import { writtenMails } from '../../support/mails.ts'
import { readable } from '../../support/readable.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const ACCOUNT = '/administration/compte'
const FACTOR = `${ACCOUNT}/second-facteur`
const SIGN_IN = '/administration/connexion'
const STEP = `${SIGN_IN}/code`
const TEAM = '/administration/equipe'

let server: WebServer
let camille: Browser
let secret: string
beforeEach(async () => {
  server = await startWeb({ smtpUrl: 'smtp://127.0.0.1:1' })
  camille = await signInByLink(server)
})
afterEach(() => server.stop())

/** Returns what the application of a person shows, some steps of 30 seconds from now. */
const codeNow = (steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: server.context.now().epochMilliseconds + steps * 30_000,
  })

/** Adds a second factor to the account of this browser; returns its recovery codes. */
async function addFactor(browser = camille, password = PASSWORD): Promise<string[]> {
  const begun = await browser.submit(await browser.get(ACCOUNT), FACTOR, {
    factorPassword: password,
  })
  expect(begun.status).toBe(200)
  secret = /class="paper-link">([^<]+)</.exec(begun.text)?.[1]?.replaceAll(' ', '') ?? ''
  expect(begun.text).toContain('<svg')
  const added = await browser.submit(begun, `${FACTOR}/confirmer`, { code: codeNow() })
  expect(added.status).toBe(200)
  return [...added.text.matchAll(/<code>([a-z\d-]{17})<\/code>/g)].map(([, code = '']) => code)
}

/** Types the password in a new browser; returns it with the page that follows. */
async function typePassword(returnTo = ''): Promise<{ browser: Browser; page: Page }> {
  const browser = openBrowser(server.origin)
  const form = await browser.get(returnTo ? `${SIGN_IN}?retour=${returnTo}` : SIGN_IN)
  const page = await browser.submit(form, SIGN_IN, { email: EMAIL, password: PASSWORD })
  return { browser, page }
}

/** Presses one of the two buttons of the form on the account's page. */
async function useCode(act: 'codes' | 'retirer', code: string): Promise<Page> {
  const page = await camille.get(ACCOUNT)
  expect(page.text).toContain(`formaction="${FACTOR}/${act}"`)
  return camille.post(`${FACTOR}/${act}`, { ...fieldsOf(page.text, FACTOR), code })
}

const acts = async () =>
  (
    await server.context.db
      .selectFrom('act')
      .select('act')
      .where('log', '=', 'access')
      .orderBy('id')
      .execute()
  ).map(({ act }) => act)

describe('an account with a second factor', () => {
  test('signs in by password and code, each code once, and what was typed is kept', async () => {
    expect(await addFactor()).toHaveLength(10)
    const { browser, page } = await typePassword('/administration/cafes')
    expect(page.status).toBe(200)
    expect(browser.cookies.size).toBe(0)
    expect(page.text).not.toContain(PASSWORD)
    // The code that added the factor was used by that.
    const used = await browser.submit(page, STEP, { code: codeNow() })
    expect([used.status, used.text.includes('il a déjà servi')]).toEqual([422, true])
    server.advance({ seconds: 30 })
    const code = codeNow()
    const opened = await browser.submit(used, STEP, {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    })
    expect(opened.location).toBe('/administration/cafes')
    expect((await browser.get('/administration')).status).toBe(200)
    const again = await typePassword()
    expect((await again.browser.submit(again.page, STEP, { code })).status).toBe(422)
    // The step that opened a session opens no second one.
    server.advance({ seconds: 30 })
    expect((await openBrowser(server.origin).submit(used, STEP, { code: codeNow() })).status).toBe(
      422,
    )
  })

  test('signs in by a mailed link and a code; a new password needs the code too', async () => {
    await addFactor()
    server.advance({ minutes: 1 })
    const path = await newLinkPath(server)
    const browser = openBrowser(server.origin)
    const step = await browser.submit(await browser.get(path), path)
    expect([step.status, browser.cookies.size]).toEqual([200, 0])
    expect((await browser.submit(step, STEP, { code: codeNow() })).location).toBe('/administration')

    server.advance({ minutes: 1 })
    const other = await newLinkPath(server)
    const thief = openBrowser(server.origin)
    const chosen = {
      password: 'un mot de passe du voleur',
      passwordAgain: 'un mot de passe du voleur',
    }
    const form = await thief.get(other)
    const refused = await thief.submit(form, `${other}/mot-de-passe`, { ...chosen, code: '000000' })
    expect([refused.status, thief.cookies.size]).toEqual([422, 0])
    const done = await thief.submit(refused, `${other}/mot-de-passe`, {
      ...chosen,
      code: codeNow(),
    })
    expect([done.status, thief.cookies.size]).toEqual([303, 1])
  })

  test('signs in by each recovery code once; new ones end those before', async () => {
    const [first = '', second = ''] = await addFactor()
    const one = await typePassword()
    expect((await one.browser.submit(one.page, STEP, { code: first.toUpperCase() })).status).toBe(
      303,
    )
    const two = await typePassword()
    expect((await two.browser.submit(two.page, STEP, { code: first })).status).toBe(422)
    expect(readable((await camille.get(ACCOUNT)).text)).toContain('9 codes de secours')
    server.advance({ minutes: 1 })
    const made = await useCode('codes', codeNow())
    expect(made.text.match(/<code>/g)).toHaveLength(10)
    expect((await two.browser.submit(two.page, STEP, { code: second })).status).toBe(422)
    const stored = JSON.stringify(
      await server.context.db.selectFrom('recovery_code').selectAll().execute(),
    )
    expect(stored).not.toContain(second)
  })

  test('has its secret sealed by a key that is not in the database, without which recovery codes open', async () => {
    const { db, config } = server.context
    const codes = await addFactor()
    const { secret: kept } = await db
      .selectFrom('second_factor')
      .select('secret')
      .executeTakeFirstOrThrow()
    expect(kept).not.toContain(secret)
    const { browser, page } = await typePassword()
    await rm(join(config.data, KEY_FILE))
    server.advance({ seconds: 60 })
    const refused = await browser.submit(page, STEP, { code: codeNow() })
    expect(refused.status).toBe(422)
    expect(readable(refused.text)).toContain('Ce site a perdu la clé')
    expect((await browser.submit(refused, STEP, { code: codes[0] ?? '' })).status).toBe(303)
    expect(readable((await useCode('retirer', codeNow())).text)).toContain('a perdu la clé')
    expect((await useCode('retirer', codes[1] ?? '')).status).toBe(303)
    expect(await addFactor()).toHaveLength(10)
  })

  test('is set up by the right code after any number of wrong ones', async () => {
    const begun = await camille.submit(await camille.get(ACCOUNT), FACTOR, {
      factorPassword: PASSWORD,
    })
    secret = /class="paper-link">([^<]+)</.exec(begun.text)?.[1]?.replaceAll(' ', '') ?? ''
    const confirm = (code: string) => camille.submit(begun, `${FACTOR}/confirmer`, { code })
    for (let i = 0; i < 11; i++) expect((await confirm(String(100_000 + i))).status).toBe(422)
    expect((await confirm(codeNow())).status).toBe(200)
  })

  test('tries ten codes a day, wherever they are typed', async () => {
    await addFactor()
    const { browser, page } = await typePassword()
    const tried: number[] = []
    for (let i = 0; i < 11; i++)
      tried.push((await browser.submit(page, STEP, { code: String(100_000 + i) })).status)
    expect(tried).toEqual([...Array(10).fill(422), 429])
    server.advance({ seconds: 60 })
    const late = await browser.submit(page, STEP, { code: codeNow() })
    expect([late.status, Number(late.headers.get('retry-after')) > 23 * 3600]).toEqual([429, true])
    const own = await useCode('retirer', codeNow())
    expect(own.text).toContain('Trop de codes')
  })

  test('asks no session that is open, no token, and no step that a new password has ended', async () => {
    const token = await createApiToken(server.context, 'test')
    const before = await typePassword()
    await addFactor()
    expect((await before.browser.get('/administration')).status).toBe(200)
    const asked = await fetch(`${server.origin}/api/v1/cafes?mine=1`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(asked.status).toBe(200)
    server.advance({ minutes: 1 })
    const { browser, page } = await typePassword()
    const changed = {
      password: 'trois mots bien choisis',
      passwordAgain: 'trois mots bien choisis',
    }
    await camille.submit(await camille.get(ACCOUNT), `${ACCOUNT}/mot-de-passe`, {
      currentPassword: PASSWORD,
      ...changed,
    })
    const over = await browser.submit(page, STEP, { code: codeNow() })
    expect([over.status, over.text.includes('connectez-vous à nouveau')]).toEqual([422, true])
    const late = openBrowser(server.origin)
    const step = await late.submit(await late.get(SIGN_IN), SIGN_IN, {
      email: EMAIL,
      password: changed.password,
    })
    server.advance({ minutes: 11 })
    expect((await late.submit(step, STEP, { code: codeNow() })).text).toContain('Dix minutes')
  })

  test('is changed only with the password or a code, and its person is told each time', async () => {
    const wrong = await camille.submit(await camille.get(ACCOUNT), FACTOR, {
      factorPassword: 'non',
    })
    expect([wrong.status, wrong.text.includes('Ce n’est pas votre mot de passe')]).toEqual([
      422,
      true,
    ])
    await addFactor()
    const refused = await useCode('retirer', '123456')
    expect(refused.status).toBe(422)
    server.advance({ minutes: 1 })
    expect((await useCode('retirer', codeNow())).status).toBe(303)
    expect((await typePassword()).page.status).toBe(303)
    const mails = (await writtenMails(server)).filter(({ subject }) =>
      subject.includes('Deuxième facteur'),
    )
    expect(mails.map(({ to }) => to)).toEqual([EMAIL, EMAIL])
    expect(await acts()).toEqual(expect.arrayContaining(['factor-added', 'factor-removed']))
  })
})

describe('the team', () => {
  test('asks it of every account, whose other pages then wait for it', async () => {
    const team = await camille.get(TEAM)
    const asked = { required: '1' }
    const set = await camille.submit(team, `${TEAM}/second-facteur`, asked)
    expect(set.location).toContain('fait=done')
    const late = await camille.submit(team, `${TEAM}/second-facteur`, asked)
    expect(late.status).toBe(403)
    expect((await camille.get('/administration/cafes')).location).toBe(FACTOR)
    const account = await camille.get(ACCOUNT)
    expect(account.text).toContain('demande un deuxième facteur')
    const csrf = /name="csrf" value="([^"]+)"/.exec(account.text)?.[1] ?? ''
    const forged = await camille.post('/administration/jetons', { csrf, label: 'x' })
    expect(forged.status).toBe(403)
    await addFactor()
    expect((await camille.get('/administration/cafes')).status).toBe(200)
    server.advance({ minutes: 1 })
    const page = await camille.get(ACCOUNT)
    expect(page.text).not.toContain(`${FACTOR}/retirer`)
    expect((await camille.post(`${FACTOR}/retirer`, { csrf, code: codeNow() })).status).toBe(403)
  })

  test('removes that of a colleague, who is told, and it is in the log', async () => {
    const { db, now } = server.context
    const { id: organizationId = '' } = (await findSiteStructure(db)) ?? {}
    const email = 'lea@mediatheque.example'
    await insertAccount(db, { email, name: 'Léa', organizationId, role: 'editor' }, now())
    const subject = (await findAccountByEmail(db, email))?.id ?? ''
    const lea = openBrowser(server.origin)
    const link = `${SIGN_IN.replace('connexion', '')}lien/${await insertLinkTo(db, { purpose: 'sign-in', subject }, now())}`
    const chosen = { password: 'mots de passe de Léa', passwordAgain: 'mots de passe de Léa' }
    await lea.submit(await lea.get(link), link)
    const welcome = '/administration/bienvenue'
    await lea.submit(await lea.get(welcome), welcome, { name: 'Léa', email, ...chosen })
    await addFactor(lea, chosen.password)
    expect((await camille.get(TEAM)).text).toContain('Deuxième facteur')
    const reset = `${TEAM}/${subject}/second-facteur`
    expect((await lea.get(reset)).status).toBe(403)
    await camille.submit(await camille.get(reset), reset)
    const browser = openBrowser(server.origin)
    const signedIn = await browser.submit(await browser.get(SIGN_IN), SIGN_IN, {
      email,
      password: chosen.password,
    })
    expect(signedIn.status).toBe(303)
    expect(await acts()).toContain('factor-reset')
    const told = (await writtenMails(server)).filter(
      ({ to, text }) => to === email && text.includes('vient de retirer'),
    )
    expect(told).toHaveLength(1)
  })
})
