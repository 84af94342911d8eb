import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sendConfirmationRequests } from '../../../node/jobs/ask-confirmations.ts'
import { purge } from '../../../node/jobs/purge.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { createTeamInvitation } from '../../../node/store/accounts/team-invitations.ts'
import { findCafe } from '../../../node/store/cafes/cafes.ts'
import type { Mail } from '../../../node/store/schema/queues.ts'
import { announce, EMAIL, PASSWORD, revise, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { writtenMails } from '../../support/mails.ts'
import { readable } from '../../support/readable.ts'
import { startRelay, textOfMail } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const NOA = 'noa@mediatheque.example'

let server: WebServer
let camille: Browser
beforeEach(async () => {
  server = await startWeb()
  camille = await signInByLink(server)
})
afterEach(() => server.stop())

type Asked = Mail & { text: string }

/** Moves the clock to this time in Paris, and runs the job as the scheduler does. */
async function at(moment: string): Promise<Asked[]> {
  const then = Temporal.ZonedDateTime.from(`${moment}[Europe/Paris]`).toInstant()
  server.advance(server.context.now().until(then))
  await sendConfirmationRequests(server.context)
  const mails = await writtenMails(server)
  return mails.filter(({ subject }) => readable(subject).includes('toujours lieu'))
}

const linkOf = ({ text }: Asked): string => {
  const path = /\/administration\/confirmation\/[\w-]+/.exec(text)?.[0]
  if (!path) throw new Error(`no link: ${text}`)
  return path
}

const cafeOf = async (id: string) => {
  const cafe = await findCafe(server.context.db, id)
  if (!cafe) throw new Error(`no café ${id}`)
  return cafe
}

async function edit(id: string, fields: Record<string, string>): Promise<void> {
  const saved = await revise(camille, id, fields)
  if (saved.status !== 303) throw new Error(saved.text)
}

async function joinAsEditor(): Promise<void> {
  const { db, now } = server.context
  const [account] = await db.selectFrom('account').selectAll().execute()
  const { id: subject } = await createTeamInvitation(
    db,
    {
      organizationId: server.organization.id,
      role: 'editor',
      email: undefined,
      invitedBy: account?.id ?? '',
    },
    now(),
  )
  const code = await insertLinkTo(db, { purpose: 'join-team', subject }, now())
  const path = `/administration/invitation/${code}`
  const noa = openBrowser(server.origin)
  const password = 'cinq petits chats gris'
  const fields = { name: 'Noa', email: NOA, password, passwordAgain: password }
  await noa.submit(await noa.get(path), path, fields)
}

describe('three days before a café', () => {
  test('at nine in the morning of its place, each person of the team is asked, once', async () => {
    await joinAsEditor()
    await announce(camille, { date: '2026-12-09', time: '18:30' })
    expect(await at('2026-12-06T08:59')).toEqual([])
    const mails = await at('2026-12-06T09:00')
    expect(mails.map(({ to }) => to).sort()).toEqual([EMAIL, NOA])
    expect(new Set(mails.map(linkOf)).size).toBe(2)
    expect(readable(mails[0]?.text ?? '')).toContain('mercredi 9 décembre 2026, 18 h 30')
    expect(mails[0]?.expiresAt.toString()).toBe('2026-12-09T17:30:00Z')
    expect(await at('2026-12-07T09:00')).toHaveLength(2)
    const shown = (await camille.get('/administration/courriels')).text
    expect(shown).toContain('(lien personnel, fait quand le message est préparé ou envoyé)')
    expect(shown).not.toContain('/administration/confirmation/')
  })

  test('in a week with four cafés a day each person has one mail a day, with a link for each café', async () => {
    const relay = await startRelay()
    const mailing = await startWeb({ smtpUrl: relay.url })
    const { mail } = mailing.context.config
    await mailing.stop()
    if (!mail) throw new Error('no mail')
    await joinAsEditor()
    await at('2026-12-01T07:00')
    for (let day = 4; day < 11; day++)
      for (const hour of ['10:00', '14:00', '16:00', '18:30'])
        await announce(camille, { date: `2026-12-${String(day).padStart(2, '0')}`, time: hour })
    const mailer = createMailer(mail)
    await sendMails(server.context, mailer)
    for (let day = 1; day < 8; day++) {
      relay.taken.length = 0
      for (const hour of ['08:59', '09:00', '09:01', '12:00', '20:00']) {
        await at(`2026-12-0${day}T${hour}`)
        await sendMails(server.context, mailer)
      }
      const asked = relay.taken.map(({ to, raw }) => ({ to: to.join(), text: textOfMail(raw) }))
      expect(asked.map(({ to }) => to).sort()).toEqual([EMAIL, NOA].sort())
      for (const { text } of asked)
        expect(new Set(text.match(/\/administration\/confirmation\/[\w-]+/g)).size).toBe(4)
    }
    await relay.stop()
  })

  test('at La Réunion it is nine there, which is six in Paris', async () => {
    await announce(camille, { 'venue.town': '97400 Saint-Denis' })
    expect(await at('2026-12-06T05:59')).toEqual([])
    expect(await at('2026-12-06T06:00')).toHaveLength(1)
  })

  test('a café announced since then is asked about the next morning; one of today never', async () => {
    server.advance({ hours: 12 * 24 })
    await announce(camille, { date: '2026-12-09', time: '18:30' })
    expect(await at('2026-12-07T20:00')).toEqual([])
    expect(await at('2026-12-08T09:00')).toHaveLength(1)
    await announce(camille, { title: 'Café du soir', date: '2026-12-08', time: '20:00' })
    expect(await at('2026-12-08T19:59')).toHaveLength(1)
  })

  test('nobody is asked about a draft, a cancelled café, or one that a person has confirmed', async () => {
    await announce(camille, { title: 'Brouillon', save: 'draft' })
    const cancelled = await announce(camille, { title: 'Annulé' })
    const path = `/administration/cafes/${cancelled}/annuler`
    await camille.submit(await camille.get(path), path)
    await announce(camille, { title: 'Confirmé', date: '2026-12-09', time: '07:00' })
    expect(await at('2026-12-06T08:00')).toEqual([])
    const admin = await camille.get('/administration')
    const action = /\/administration\/cafes\/[\w-]+\/confirmer/.exec(admin.text)?.[0]
    await camille.submit(admin, action ?? '')
    expect(await at('2026-12-07T09:00')).toEqual([])
  })

  test('another date is another question, and the link of the old one says so', async () => {
    const id = await announce(camille)
    const [first] = await at('2026-12-06T09:00')
    await edit(id, { date: '2026-12-16' })
    const old = await openBrowser(server.origin).get(linkOf(first as Asked))
    expect(old.text).toContain('La date de ce café a changé')
    expect(old.text).not.toContain('<form method="post"')
    await openBrowser(server.origin).post(linkOf(first as Asked), {})
    expect((await cafeOf(id)).confirmedAt).toBeUndefined()
    expect(await at('2026-12-13T09:00')).toHaveLength(2)
  })
})

describe('the link of the mail', () => {
  let id: string
  let link: string
  let visitor: Browser
  beforeEach(async () => {
    id = await announce(camille)
    const [mail] = await at('2026-12-06T09:00')
    link = linkOf(mail as Asked)
    visitor = openBrowser(server.origin)
  })

  test('opened by a program that checks mails, it changes nothing: a button does, without signing in', async () => {
    const page = await visitor.get(link)
    expect(page.status).toBe(200)
    expect(page.text.match(/<button type="submit" class="button"/g)).toHaveLength(1)
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect((await cafeOf(id)).confirmedAt).toBeUndefined()

    const answer = await visitor.submit(page, link)
    expect(readable(answer.text)).toContain('confirmé le dimanche 6 décembre 2026')
    expect(visitor.setCookies).toEqual([])
    expect((await cafeOf(id)).confirmedAt?.toString()).toBe('2026-12-06T08:00:00Z')
    const shown = readable((await visitor.get(`/cafes/${id}`)).text)
    expect(shown).toContain('L’équipe a confirmé ce café le dimanche 6 décembre.')

    server.advance({ hours: 24 })
    const again = await visitor.post(link, {})
    expect(readable(again.text)).toContain('confirmé le dimanche 6 décembre 2026')
    expect((await cafeOf(id)).confirmedAt?.toString()).toBe('2026-12-06T08:00:00Z')
  })

  test('« Modifier » and « Annuler » lead through the sign-in to the right page', async () => {
    const { text } = await visitor.get(link)
    const cancel = `/administration/cafes/${id}/situation?choix=cancelled`
    expect(text).toContain(`href="/administration/cafes/${id}"`)
    expect(text).toContain(`href="${cancel}"`)
    const door = await visitor.get(cancel)
    expect(door.status).toBe(302)
    const signIn = await visitor.get(door.location ?? '')
    const entered = await visitor.submit(signIn, '/administration/connexion', {
      email: EMAIL,
      password: PASSWORD,
    })
    expect(entered.location).toBe(cancel)
    expect((await visitor.get(cancel)).text).toMatch(/value="cancelled"[^>]*checked/)
  })

  test('it opens nothing else, and another site cannot use it', async () => {
    const forged = await visitor.post(link, {}, { origin: 'https://evil.example' })
    expect(forged.status).toBe(403)
    expect((await visitor.get('/administration')).status).toBe(302)
    expect((await visitor.get('/administration/confirmation/devine')).status).toBe(410)
    expect((await cafeOf(id)).confirmedAt).toBeUndefined()
  })

  test('it ends when the café begins, and is forgotten a month later', async () => {
    server.advance({ hours: 3 * 24 + 10 })
    expect((await visitor.get(link)).status).toBe(410)
    expect((await visitor.post(link, {})).status).toBe(410)
    expect((await cafeOf(id)).confirmedAt).toBeUndefined()
    server.advance({ hours: 30 * 24 })
    await purge(server.context)
    const left = await server.context.db
      .selectFrom('link')
      .selectAll()
      .where('purpose', '=', 'confirm-cafe')
      .execute()
    expect(left).toEqual([])
  })

  test('a cancelled café cannot be confirmed by it', async () => {
    const path = `/administration/cafes/${id}/annuler`
    await camille.submit(await camille.get(path), path)
    expect((await visitor.get(link)).text).toContain('Ce café est déjà annulé')
    await visitor.post(link, {})
    expect((await cafeOf(id)).confirmedAt).toBeUndefined()
  })
})
