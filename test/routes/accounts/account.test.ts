import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deletePassword, findAccountByEmail } from '../../../node/store/accounts/accounts.ts'
import { listAudit } from '../../../node/store/accounts/acts.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { EMAIL, newLinkPath, PASSWORD, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf, openBrowser } from '../../support/browser.ts'
import { findHtmlErrors } from '../../support/html-errors.ts'
import { writtenMails } from '../../support/mails.ts'
import { enterAdmin } from '../../support/referents.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const ACCOUNT = '/administration/compte'
const NEXT = 'camille@ailleurs.example'

let server: WebServer
let camille: Browser
beforeEach(async () => {
  server = await startWeb()
  camille = await signInByLink(server)
})
afterEach(() => server.stop())

const save = async (fields: Record<string, string>) =>
  camille.submit(await camille.get(ACCOUNT), ACCOUNT, fields)
const accountOf = (email: string) => findAccountByEmail(server.context.db, email)
const mails = () => writtenMails(server)

describe('one’s e-mail address', () => {
  test('changes with the current password only, so that an open session alone is not enough', async () => {
    for (const emailPassword of ['', 'pas le bon mot de passe']) {
      const refused = await save({ email: NEXT, emailPassword })
      expect(refused.status).toBe(422)
      expect(refused.text).toContain('donnez votre mot de passe actuel')
      expect(refused.text).toContain(`value="${NEXT}"`)
    }
    expect(await accountOf(NEXT)).toBeUndefined()
    expect(await mails()).toEqual([])
  })

  test('cannot be guessed at from a found session: after ten tries there is a wait', async () => {
    const words = async (n: number) => (await save({ email: NEXT, emailPassword: `non ${n}` })).text
    const tries = await Promise.all(Array.from({ length: 10 }, (_, n) => words(n)))
    expect(tries.filter((text) => text.includes('Trop d’essais'))).toEqual([])
    expect((await save({ email: NEXT, emailPassword: PASSWORD })).text).toContain('Trop d’essais')
    expect(await accountOf(NEXT)).toBeUndefined()
  })

  test('once changed, the former address is told, with whom to warn', async () => {
    expect((await save({ email: NEXT, emailPassword: PASSWORD })).status).toBe(303)
    expect(await accountOf(NEXT)).toBeDefined()
    const [mail] = await mails()
    expect(mail?.to).toBe(EMAIL)
    expect(mail?.text).toContain(NEXT)
    expect(mail?.text).toContain(`${server.context.config.origin}/contact`)
  })

  test('a new name, or the same address in capitals, asks for nothing', async () => {
    expect((await save({ name: 'Camille M.', email: EMAIL.toUpperCase() })).status).toBe(303)
    expect((await accountOf(EMAIL))?.name).toBe('Camille M.')
    expect(await mails()).toEqual([])
  })
})

describe('where the site sends mail, a new address', () => {
  beforeEach(async () => {
    await server.stop()
    server = await startWeb({ smtpUrl: 'smtp://127.0.0.1:1' })
    camille = await signInByLink(server)
  })

  /** Returns the path of the link in the latest mail to somebody. */
  async function mailedPath(to: string): Promise<string> {
    const written = (await mails()).filter((mail) => mail.to === to)
    return /\/administration\/adresse\/[\w-]+/.exec(written.at(-1)?.text ?? '')?.[0] ?? ''
  }
  const ask = (email = NEXT) => save({ email, emailPassword: PASSWORD })

  test('is in force when its mailbox has confirmed, and not before', async () => {
    await ask()
    expect(await accountOf(NEXT)).toBeUndefined()
    expect((await accountOf(EMAIL))?.askedEmail).toBe(NEXT)
    expect((await camille.get(ACCOUNT)).text).toContain(
      `L’adresse ${NEXT} n’est pas encore confirmée`,
    )
    expect((await mails()).map(({ to }) => to)).toEqual([NEXT])
    const path = await mailedPath(NEXT)
    const mailbox = openBrowser(server.origin)
    const page = await mailbox.get(path)
    expect(await accountOf(NEXT)).toBeUndefined()
    expect((await mailbox.submit(page, path)).text).toContain('Adresse confirmée')
    expect((await accountOf(NEXT))?.askedEmail).toBeUndefined()
    expect(await accountOf(EMAIL)).toBeUndefined()
    expect((await mails()).map(({ to }) => to)).toContain(EMAIL)
    expect((await mailbox.get('/administration/compte')).status).toBe(302)
    expect((await mailbox.post(path, {})).status).toBe(410)
  })

  test('is not that of an older link, nor one that was given up, taken or waited for too long', async () => {
    await ask('premier@ailleurs.example')
    const older = await mailedPath('premier@ailleurs.example')
    await ask()
    const path = await mailedPath(NEXT)
    const mailbox = openBrowser(server.origin)
    expect((await mailbox.post(older, {})).status).toBe(410)
    // The form is saved with the present address, which withdraws the request for another one.
    await save({ email: EMAIL })
    expect((await mailbox.post(path, {})).status).toBe(410)

    await ask()
    const late = await mailedPath(NEXT)
    server.advance({ hours: 25 })
    expect((await mailbox.post(late, {})).status).toBe(410)
    expect((await accountOf(EMAIL))?.name).toBe('Camille')
  })
})

describe('a password', () => {
  const REMOVE = `${ACCOUNT}/sans-mot-de-passe`
  const door = '/administration/connexion'
  const signIn = async () => {
    const browser = openBrowser(server.origin)
    await browser.submit(await browser.get(door), door, { email: EMAIL, password: PASSWORD })
    return browser
  }
  const isIn = async (browser: Browser) => (await browser.get('/administration')).status === 200
  /** Makes the link that is mailed to a person who asks for one, and returns its path. */
  async function askForLink(): Promise<string> {
    const { db, now, config } = server.context
    const account = await accountOf(EMAIL)
    expect(config.mail).toBeDefined()
    const link = { purpose: 'sign-in', subject: account?.id ?? '' } as const
    return `/administration/lien/${await insertLinkTo(db, link, now())}`
  }
  const acts = async () =>
    (await listAudit(server.context.db, 99))
      .reverse()
      .map(({ act, who }) => `${who} ${act}`)
      .filter((line) => line !== 'cafe-ia sign-in-link account-made')

  test('stays where the site sends no mail, since nothing else lets in', async () => {
    const page = await camille.get(ACCOUNT)
    expect(page.text).not.toContain(REMOVE)
    const { csrf = '' } = fieldsOf(page.text, `${ACCOUNT}/mot-de-passe`)
    const forged = await camille.post(REMOVE, { csrf, removalPassword: PASSWORD })
    expect(forged.status).toBe(404)
    expect((await accountOf(EMAIL))?.hasPassword).toBe(true)
  })

  test('goes by the one that one has; then a mailed link alone lets in, and gives another', async () => {
    await server.stop()
    server = await startWeb({ smtpUrl: 'smtp://127.0.0.1:1' })
    camille = await signInByLink(server)
    const phone = await signIn()
    const page = await camille.get(ACCOUNT)
    expect(await findHtmlErrors(page.text)).toEqual([])
    const refused = await camille.submit(page, REMOVE, { removalPassword: 'non' })
    expect([refused.status, refused.text.includes('pas votre mot de passe actuel')]).toEqual([
      422,
      true,
    ])
    expect(await acts()).toEqual([])
    const done = await camille.submit(page, REMOVE, { removalPassword: PASSWORD })
    expect([done.status, done.location]).toEqual([303, `${ACCOUNT}?fait=done`])
    expect(await Promise.all([camille, phone].map(isIn))).toEqual([true, false])
    expect(await acts()).toEqual(['Camille password-removed'])
    expect(await isIn(await signIn())).toBe(false)

    // A person who finds the session open cannot set a password or another address.
    const without = await camille.get(ACCOUNT)
    expect(await findHtmlErrors(without.text)).toEqual([])
    expect(without.text).toContain('Vous vous connectez par un lien')
    expect(without.text).not.toMatch(/type="password"/)
    const { csrf = '' } = fieldsOf(without.text, ACCOUNT)
    const other = { csrf, name: 'Camille', email: NEXT, emailPassword: '' }
    expect((await camille.post(ACCOUNT, other)).status).toBe(422)
    const own = { password: 'cinq mots neufs', passwordAgain: 'cinq mots neufs' }
    expect(
      (await camille.post(`${ACCOUNT}/mot-de-passe`, { csrf, currentPassword: '', ...own })).status,
    ).toBe(422)
    expect((await save({ name: 'Camille M.' })).status).toBe(303)
    expect((await accountOf(EMAIL))?.name).toBe('Camille M.')

    const byLink = openBrowser(server.origin)
    const first = await askForLink()
    await byLink.submit(await byLink.get(first), first)
    expect(await isIn(byLink)).toBe(true)
    const path = await askForLink()
    const again = { password: PASSWORD, passwordAgain: PASSWORD }
    await byLink.submit(await byLink.get(path), `${path}/mot-de-passe`, again)
    expect(await isIn(await signIn())).toBe(true)
    expect((await byLink.get(ACCOUNT)).text).toContain(REMOVE)
  })

  test('that went, where the site has stopped to send mail, comes back by who runs the site', async () => {
    const { db } = server.context
    const { id = '' } = (await accountOf(EMAIL)) ?? {}
    const keepSession = (await db.selectFrom('session').select('token_hash').executeTakeFirst())
      ?.token_hash
    await deletePassword(db, { accountId: id, keepSession: keepSession ?? '' })
    const { status, text } = await camille.get(ACCOUNT)
    expect(status).toBe(200)
    expect(await findHtmlErrors(text)).toEqual([])
    expect(text).not.toContain(`href="${door}/lien"`)
    expect(text).toContain('sign-in-link')
    const path = await newLinkPath(server)
    const again = { password: PASSWORD, passwordAgain: PASSWORD }
    await camille.submit(await camille.get(path), `${path}/mot-de-passe`, again)
    expect(await isIn(await signIn())).toBe(true)
  })

  test('is chosen by a link, as its page says, by who looks after a network and came in by mail', async () => {
    const networks = '/administration/tetes-de-reseau'
    const made = await camille.submit(await camille.get(networks), `${networks}/nouveau`, {
      name: 'Les médiathèques',
      presentation: 'Toutes.',
    })
    const network = new URL(made.location ?? '', server.origin).pathname
    const email = 'responsable@tete.example'
    await camille.submit(await camille.get(network), `${network}/responsables`, { email })
    const { db, now } = server.context
    const subject = (await accountOf(email))?.id ?? ''
    const newLink = async () =>
      `/administration/lien/${await insertLinkTo(db, { purpose: 'sign-in', subject }, now())}`
    const manager = openBrowser(server.origin)
    const first = await newLink()
    await manager.submit(await manager.get(first), first)
    const { text } = await manager.get(ACCOUNT)
    expect(text).toContain('Sans mot de passe')
    const path = await newLink()
    const own = { password: PASSWORD, passwordAgain: PASSWORD }
    const entered = await manager.submit(await manager.get(path), `${path}/mot-de-passe`, own)
    expect(entered.location).toBe('/administration')
    expect((await manager.get(ACCOUNT)).text).toContain('name="currentPassword"')
  })
})

test('a name that is too long comes back whole, and the account keeps its own', async () => {
  const name = 'Camille '.repeat(13).trim()
  const answer = await save({ name })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain(`value="${name}"`)
  expect(answer.text).toContain('<title>Erreur')
  expect((await camille.get(ACCOUNT)).text).toContain('value="Camille"')
})

test('the sessions of one’s account are listed, and each other one can be ended', async () => {
  const phone = openBrowser(server.origin)
  const door = '/administration/connexion'
  const fields = { email: EMAIL, password: PASSWORD }
  await phone.submit(await phone.get(door), door, fields)
  const page = await camille.get(ACCOUNT)
  const ends = [...page.text.matchAll(/\/administration\/compte\/sessions\/[\w-]+\/fermer/g)]
  expect(ends).toHaveLength(1)
  await camille.submit(page, ends[0]?.[0] ?? '')
  expect((await phone.get('/administration')).status).toBe(302)
  expect((await camille.get('/administration')).status).toBe(200)
})

describe('a referent’s account', () => {
  const PLACE = '/administration/territoire/35'
  let claire: Browser
  beforeEach(async () => {
    await server.stop()
    server = await startWeb({ role: 'hub' })
    claire = (await enterAdmin(server)).browser
  })

  const signIn = async (password = PASSWORD): Promise<Browser> => {
    const browser = openBrowser(server.origin)
    const door = '/administration/connexion'
    await browser.submit(await browser.get(door), door, { email: 'claire@lieu.example', password })
    return browser
  }
  const isIn = async (browser: Browser) => (await browser.get(PLACE)).status === 200

  test('is led to from the territory, and leads back there and to nothing of the team’s', async () => {
    expect((await claire.get(PLACE)).text).toContain(`href="${ACCOUNT}"`)
    const { status, text } = await claire.get(ACCOUNT)
    expect(status).toBe(200)
    expect(text).toContain('claire@lieu.example')
    const links = [...text.matchAll(/(?:href|action)="(\/administration\/[^"?]*)"/g)]
    expect([...new Set(links.map(([, path]) => path))].toSorted()).toEqual([
      ACCOUNT,
      `${ACCOUNT}/mot-de-passe`,
      `${ACCOUNT}/second-facteur`,
      `${ACCOUNT}/sessions/fermer`,
      '/administration/deconnexion',
      PLACE,
    ])
    // The account gives no access to pages of the team.
    for (const path of ['/administration', '/administration/equipe', '/administration/reglages'])
      expect((await claire.get(path)).location).toBe('/administration/territoire')
  })

  test('gives no other name or address by a forged form: those are of the mandate', async () => {
    const page = await claire.get(ACCOUNT)
    const { csrf = '' } = fieldsOf(page.text, `${ACCOUNT}/mot-de-passe`)
    const fields = { csrf, name: 'Paul', email: NEXT, emailPassword: PASSWORD }
    expect((await claire.post(ACCOUNT, fields)).status).toBe(403)
    expect((await accountOf('claire@lieu.example'))?.name).toBe('Claire')
    expect(await accountOf(NEXT)).toBeUndefined()
  })

  test('ends one session, all others, or all', async () => {
    const others = [await signIn(), await signIn(), await signIn()]
    const page = await claire.get(ACCOUNT)
    const ends = [...page.text.matchAll(/\/administration\/compte\/sessions\/[\w-]{9,}\/fermer/g)]
    expect(ends).toHaveLength(3)
    await claire.submit(page, ends[0]?.[0] ?? '')
    expect((await Promise.all(others.map(isIn))).filter(Boolean)).toHaveLength(2)
    const end = `${ACCOUNT}/sessions/fermer`
    await claire.submit(await claire.get(ACCOUNT), end, { which: 'others' })
    expect(await Promise.all([...others, claire].map(isIn))).toEqual([false, false, false, true])
    const again = await signIn()
    const out = await claire.submit(await claire.get(ACCOUNT), end, { which: 'all' })
    expect(out.location).toBe('/administration/connexion?fait=deconnexion')
    expect(await Promise.all([again, claire].map(isIn))).toEqual([false, false])
  })

  test('changes its password with the one that it has, and ends other sessions', async () => {
    const other = await signIn()
    const change = `${ACCOUNT}/mot-de-passe`
    const next = {
      password: 'cinq mots tout à fait neufs',
      passwordAgain: 'cinq mots tout à fait neufs',
    }
    const page = await claire.get(ACCOUNT)
    expect((await claire.submit(page, change, { ...next, currentPassword: 'non' })).status).toBe(
      422,
    )
    const done = await claire.submit(page, change, { ...next, currentPassword: PASSWORD })
    expect(done.location).toContain(ACCOUNT)
    expect(await Promise.all([claire, other].map(isIn))).toEqual([true, false])
    expect(await isIn(await signIn())).toBe(false)
    expect(await isIn(await signIn(next.password))).toBe(true)
    // The log of the team's acts names no referent.
    const log = await listAudit(server.context.db, 9)
    expect(log.map(({ who, act }) => `${who} ${act}`)).toEqual([
      ' mandate-appointed',
      ' mandate-agreed',
    ])
  })

  test('cannot end the session of somebody else', async () => {
    const camille = await signInByLink(server)
    const row = await server.context.db
      .selectFrom('session')
      .innerJoin('role', 'role.account_id', 'session.account_id')
      .select('token_hash')
      .executeTakeFirstOrThrow()
    const page = await claire.get(ACCOUNT)
    const { csrf = '' } = fieldsOf(page.text, `${ACCOUNT}/mot-de-passe`)
    await claire.post(`${ACCOUNT}/sessions/${row.token_hash}/fermer`, { csrf })
    expect((await camille.get('/administration')).status).toBe(200)
    expect((await openBrowser(server.origin).get(ACCOUNT)).status).toBe(302)
  })
})

test('an editor is offered nothing that would be refused', async () => {
  const linksOf = async (path: string) => {
    const { text } = await camille.get(path)
    const links = text.matchAll(/<a [^>]*href="(\/administration[^"#?]*)/g)
    return [...new Set([...links].flatMap(([, href]) => href ?? []))]
  }
  expect(await linksOf('/administration')).toContain('/administration/reglages')
  await server.context.db.updateTable('role').set({ role: 'editor' }).execute()
  const waiting = await linksOf('/administration')
  const seen = new Set<string>()
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    expect([path, (await camille.get(path)).status]).toEqual([path, 200])
    waiting.push(...(await linksOf(path)))
  }
  expect(seen.size).toBeGreaterThan(5)
})

describe('an address where nothing is', () => {
  test('shows the next cafés, how to write, and at a directory the search', async () => {
    const lost = await openBrowser(server.origin).get('/nulle-part')
    expect(lost.status).toBe(404)
    expect(lost.text).toContain('href="/contact"')
    expect(lost.text).toContain('href="/cafes"')
    expect(lost.text).not.toContain('Les prochains cafés')
    const form = await camille.get('/administration/cafes/nouveau')
    await camille.submit(form, '/administration/cafes/nouveau', {
      title: 'Café de demain',
      date: '2026-12-09',
      time: '18:30',
      'venue.name': 'Médiathèque',
      'venue.town': '35000 Rennes',
      descriptionMarkdown: 'On discute.',
      save: 'publish',
    })
    const next = await openBrowser(server.origin).get('/nulle-part')
    expect(next.text).toContain('Les prochains cafés')
    expect(next.text).toContain('Café de demain')

    const hub = await startWeb({ role: 'hub' })
    const { text } = await openBrowser(hub.origin).get('/nulle-part')
    expect(text).toMatch(/<form[^>]* action="\/"[^>]*>/)
    expect(text).toContain('name="ou"')
    await hub.stop()
  })
})
