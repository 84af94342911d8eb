import { beforeEach, describe, expect, test } from 'vitest'
import { writeMail } from '../../../node/routes/accounts/write-mail.ts'
import { appendMail, PROFILE_REMOVED_MAIL } from '../../../node/store/queues/mails.ts'
import { listMails } from '../../../node/store/queues/team-mails.ts'
import { announce, EMAIL } from '../../support/admin.ts'
import { fieldsOf, openBrowser, type Page } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { type Relay, textOfMail } from '../../support/relay.ts'
import {
  camille,
  idOf,
  invite,
  join,
  linkIn,
  NOA,
  NOA_PASSWORD,
  paperPath,
  sendAll,
  server,
  TEAM,
  useRelay,
  useTeam,
} from './team-site.ts'

useTeam()

describe('a paper invitation', () => {
  test('its address is shown once, says until when, and lets one person in to announce cafés', async () => {
    const paper = await invite({})
    expect(paper.status).toBe(200)
    const path = linkIn(paper.text)
    expect(paper.text).toContain(server.origin + path)
    expect(readable(paper.text)).toContain('2 décembre 2026')
    expect((await camille.get(TEAM)).text).not.toContain(path.split('/').at(-1))

    const { browser, answer } = await join(path)
    expect([answer.status, answer.location]).toEqual([303, '/administration'])
    expect((await browser.get('/administration')).text).toContain('Bonjour Noa')
    await announce(browser)

    const second = openBrowser(server.origin)
    expect((await second.get(path)).status).toBe(410)
    const late = { ...NOA, email: 'tard@lieu.example', ...NOA_PASSWORD }
    expect((await second.post(path, late)).status).toBe(410)
    expect(await idOf('tard@lieu.example')).toBe('')
  })

  test('opening it uses nothing up, and a mistake either', async () => {
    const path = await paperPath()
    const { answer } = await join(path, { name: '', email: 'noa@', passwordAgain: 'autre chose' })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('value="noa@"')
    expect(answer.text.match(/class="error"/g)).toHaveLength(3)
    const taken = await join(path, { email: EMAIL })
    expect(taken.answer.status).toBe(422)
    expect(taken.answer.text).toContain('déjà un compte')
    expect((await join(path)).answer.status).toBe(303)
  })

  test('of two who send it at once, one gets in', async () => {
    const path = await paperPath()
    const emails = ['a@lieu.example', 'b@lieu.example']
    const joined = await Promise.all(emails.map((email) => join(path, { email })))
    expect(joined.map(({ answer }) => answer.status).sort()).toEqual([303, 410])
    expect((await Promise.all(emails.map(idOf))).filter(Boolean)).toHaveLength(1)
  })

  test('it is typed from paper in any case, and dead after seven days', async () => {
    const path = await paperPath()
    const code = path.split('/').at(-1) ?? ''
    const typed = path.replace(code, code.toUpperCase())
    expect((await openBrowser(server.origin).get(typed)).status).toBe(200)
    server.advance({ hours: 7 * 24 })
    expect((await openBrowser(server.origin).get(path)).status).toBe(410)
  })

  test('it can be withdrawn', async () => {
    const path = await paperPath()
    const page = await camille.get(TEAM)
    const action = /\/administration\/equipe\/invitations\/[\w-]+\/retirer/.exec(page.text)?.[0]
    const asked = await camille.get(action ?? '')
    expect(asked.text).toContain('Son lien ne sert plus')
    expect((await openBrowser(server.origin).get(path)).status).toBe(200)
    await camille.submit(asked, action ?? '')
    expect((await camille.get(action ?? '')).status).toBe(404)
    expect((await openBrowser(server.origin).get(path)).status).toBe(410)
  })

  test('a form of another site does not use it up', async () => {
    const path = await paperPath()
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const forged = await openBrowser(server.origin).post(path, { ...NOA, ...NOA_PASSWORD }, headers)
    expect(forged.status).toBe(403)
    expect((await openBrowser(server.origin).get(path)).status).toBe(200)
  })

  test('no more than twenty wait at once', async () => {
    // The addresses differ, since the same form sent twice counts as a double click.
    for (let n = 0; n < 20; n++) await invite({ email: `${n}@lieu.example` })
    expect((await invite({})).status).toBe(422)
  })
})

describe('an invitation by mail', () => {
  test.each([
    'noa',
    '',
    'noa@lieu.example\r\nBcc: x@evil.example',
    'a@lieu.example, b@lieu.example',
  ])('to %j is refused beside the field, and nothing is written', async (email) => {
    const answer = await invite({ way: 'mail', email })
    expect(answer.status).toBe(422)
    expect(answer.text).toContain('id="email-erreur"')
    expect(await server.context.db.selectFrom('mail').selectAll().execute()).toEqual([])
  })

  test('without a relay the message is shown, with what that means', async () => {
    const answer = await invite({ way: 'mail', email: NOA.email })
    expect(answer.location).toBe('/administration/courriels')
    const mails = await camille.get('/administration/courriels')
    expect(readable(mails.text)).toContain('Ce site n’envoie pas de courriels.')
    expect(mails.text).toContain('noa@mediatheque.example')
    expect(mails.text).not.toContain('/administration/invitation/')
    const action = /\/administration\/courriels\/[\w-]+\/preparer/.exec(mails.text)?.[0] ?? ''
    const prepared = await camille.submit(mails, action)
    expect((await join(linkIn(prepared.text))).answer.status).toBe(303)
  })

  test('once handed over by the team it waits for nobody, and its text is gone', async () => {
    await invite({ way: 'mail', email: NOA.email })
    const home = async () => readable((await camille.get('/administration')).text)
    expect(await home()).toContain('1 courriel à envoyer vous-même')
    const mails = await camille.get('/administration/courriels')
    const prepare = /\/administration\/courriels\/[\w-]+\/preparer/.exec(mails.text)?.[0] ?? ''
    const prepared = await camille.submit(mails, prepare)
    // A code that is copied by hand is short and has no characters that look alike.
    expect(linkIn(prepared.text)).toMatch(
      /\/[a-hj-km-z2-9]{5}-[a-hj-km-z2-9]{5}-[a-hj-km-z2-9]{5}$/,
    )
    const answer = await camille.submit(prepared, prepare.replace('preparer', 'remis'))
    expect(answer.location).toBe('/administration/courriels?fait=handedOver')
    const after = readable((await camille.get('/administration/courriels')).text)
    expect(after).toContain('Remis par l’équipe')
    expect(after).not.toContain('Je l’ai remis')
    expect(await home()).toContain('premiers pas restent à faire')
    expect((await join(linkIn(prepared.text))).answer.status).toBe(303)
  })

  test('the mail about a removed profile is deleted once it was handed over, its address too', async () => {
    const { db, now } = server.context
    const mailToRemoved = {
      ...{
        template: PROFILE_REMOVED_MAIL,
        to: 'partie@lieu.example',
        expiresAt: now().add({ hours: 9 }),
      },
      params: { siteName: 'Lieu', reason: 'Lettre reçue' },
    }
    await appendMail(db, mailToRemoved, now())
    const mails = await camille.get('/administration/courriels')
    const action = /\/administration\/courriels\/[\w-]+\/remis/.exec(mails.text)?.[0] ?? ''
    const answer = await camille.submit(mails, action)
    expect(answer.location).toBe('/administration/courriels?fait=handedOver')
    expect(await db.selectFrom('mail').selectAll().execute()).toEqual([])
  })

  test('with a relay it arrives, and leads to an account with that address', async () => {
    const relay = await useRelay()
    const answer = await invite({ way: 'mail', email: NOA.email, role: 'administrator' })
    expect(answer.location).toBe('/administration/equipe?fait=invited')
    await sendAll()
    expect(relay.taken.map(({ to }) => to)).toEqual([[NOA.email]])
    const path = linkIn(textOfMail(relay.taken[0]?.raw ?? ''))
    const browser = openBrowser(server.origin)
    const page = await browser.get(path)
    expect(fieldsOf(page.text, path).email).toEqual([NOA.email])
    await browser.submit(page, path, { name: 'Noa', ...NOA_PASSWORD })
    expect((await browser.get(TEAM)).status).toBe(200)
    expect((await camille.get('/administration/courriels')).text).not.toContain(path)
  })

  test('with a relay it makes no account under the address of somebody else', async () => {
    const relay = await useRelay()
    await invite({ way: 'mail', email: NOA.email })
    await sendAll()
    const email = 'directrice@mediatheque.example'
    const { answer } = await join(linkIn(textOfMail(relay.taken[0]?.raw ?? '')), { email })
    expect(answer.status).toBe(303)
    expect(await idOf(email)).toBe('')
    expect(await idOf(NOA.email)).not.toBe('')
  })
})

describe('a paper invitation where the site sends mail', () => {
  let relay: Relay
  let path: string
  beforeEach(async () => {
    relay = await useRelay()
    path = await paperPath('editor')
  })

  const ask = async (email: string): Promise<Page> => {
    const browser = openBrowser(server.origin)
    return browser.submit(await browser.get(path), path, { email })
  }

  /** Returns the path of the latest link that was mailed to this address. */
  async function mailedPath(email: string): Promise<string> {
    await sendAll()
    const mail = relay.taken.filter(({ to }) => to.includes(email)).at(-1)
    return linkIn(textOfMail(mail?.raw ?? ''))
  }

  test('makes no account with an address whose mailbox did not open a link', async () => {
    const email = 'directrice@mediatheque.example'
    const thief = openBrowser(server.origin)
    const answer = await thief.post(path, { ...NOA, ...NOA_PASSWORD, email })
    expect(answer.status).toBe(200)
    expect(readable(answer.text)).toContain(`lien que nous venons d’envoyer à l’adresse ${email}`)
    expect(await idOf(email)).toBe('')
    expect((await thief.get('/administration')).status).toBe(302)
    expect(relay.taken).toEqual([])
    expect(await mailedPath(email)).not.toBe(path)
  })

  test('mails a link that makes the account with that address only, and then both are used', async () => {
    expect((await ask(` ${NOA.email.toUpperCase()} `)).status).toBe(200)
    const mailed = await mailedPath(NOA.email)
    const { browser, answer } = await join(mailed, { email: 'directrice@mediatheque.example' })
    expect([answer.status, answer.location]).toEqual([303, '/administration'])
    expect((await browser.get('/administration')).text).toContain('Bonjour Noa')
    expect(await idOf('directrice@mediatheque.example')).toBe('')
    expect(await idOf(NOA.email)).not.toBe('')
    for (const dead of [path, mailed])
      expect((await openBrowser(server.origin).get(dead)).status).toBe(410)
  })

  test('serves on after a mistyped address, also one that is none', async () => {
    const wrong = await ask('noa@')
    expect(wrong.status).toBe(422)
    expect(wrong.text).toContain('value="noa@"')
    expect(wrong.text).toContain('id="email-erreur"')
    await ask('nao@mediatheque.example')
    await ask(NOA.email)
    expect((await join(await mailedPath(NOA.email))).answer.status).toBe(303)
  })

  test('answers the same for an address that has an account; only its mailbox learns of it', async () => {
    const [known, unknown] = [await ask(EMAIL), await ask(NOA.email)]
    expect(known.status).toBe(unknown.status)
    expect(known.text.replaceAll(EMAIL, NOA.email)).toBe(unknown.text)
    // Who has an account joins with it, and signs in as before: neither a session nor a second role comes of it.
    const rolesOf = () => server.context.db.selectFrom('role').selectAll().execute()
    const before = await rolesOf()
    const { browser, answer } = await join(await mailedPath(EMAIL))
    expect([answer.status, answer.location]).toEqual([303, '/administration'])
    expect((await browser.get('/administration')).status).toBe(302)
    expect(await rolesOf()).toEqual(before)
  })

  test('mails one link for a form that is sent twice, and five in a day at most', async () => {
    await ask(NOA.email)
    expect((await ask(NOA.email)).status).toBe(200)
    for (let n = 2; n <= 5; n++) expect((await ask(`${n}@lieu.example`)).status).toBe(200)
    const refused = await ask('6@lieu.example')
    expect(refused.status).toBe(429)
    expect(readable(refused.text)).toContain('recommencez demain')
    await sendAll()
    expect(relay.taken.flatMap(({ to }) => to).sort()).toEqual([
      ...[2, 3, 4, 5].map((n) => `${n}@lieu.example`),
      NOA.email,
    ])
    server.advance({ hours: 24 })
    expect((await ask('6@lieu.example')).status).toBe(200)
  })

  test('ends with its links after seven days', async () => {
    server.advance({ hours: 6 * 24 })
    await ask(NOA.email)
    const late = await mailedPath(NOA.email)
    server.advance({ hours: 24 })
    expect((await openBrowser(server.origin).get(late)).status).toBe(410)
    expect((await openBrowser(server.origin).post(path, { email: NOA.email })).status).toBe(410)
  })

  test('ends with its links when it is withdrawn', async () => {
    await ask(NOA.email)
    const mailed = await mailedPath(NOA.email)
    const page = await camille.get(TEAM)
    const action = /\/administration\/equipe\/invitations\/[\w-]+\/retirer/.exec(page.text)?.[0]
    await camille.submit(await camille.get(action ?? ''), action ?? '')
    expect((await openBrowser(server.origin).get(mailed)).status).toBe(410)
  })

  test('a link that the team handed over before mail was set up proves no address', async () => {
    const { db } = server.context
    await invite({ way: 'mail', email: NOA.email })
    const waiting = (await listMails(db, 9)).find(({ to }) => to === NOA.email)
    if (!waiting) throw new Error('no mail')
    const handed = await writeMail(server.context, waiting, 'hands')
    expect((await join(linkIn(handed?.text ?? ''))).answer.status).toBe(200)
    expect(await idOf(NOA.email)).toBe('')
  })
})

test('an editor of a site without mail is told that the invitation of a facilitator waits', async () => {
  const { browser } = await join(await paperPath())
  const path = '/administration/animation/invitations'
  const page = await browser.get('/administration/animation')
  const person = { way: 'mail', name: 'Ada', email: 'ada@mail.example' }
  const { location } = await browser.submit(page, path, person)
  expect(location).toBe('/administration/animation?fait=mailWaits')
  const { text } = await browser.get(location ?? '')
  expect(text).toContain('mais ce site n’envoie pas de courriels')
})
