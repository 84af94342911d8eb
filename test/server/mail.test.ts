import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../../node/config.ts'
import { purge } from '../../node/jobs/purge.ts'
import { relayMessages } from '../../node/jobs/relay-messages.ts'
import { sendMails } from '../../node/jobs/send-mails.ts'
import { createMailer, type Mailer } from '../../node/server/mail.ts'
import { appendMail, type NewMail } from '../../node/store/queues/mails.ts'
import { leaseMail } from '../../node/store/queues/outgoing-mails.ts'
import { listMails } from '../../node/store/queues/team-mails.ts'
import { signInByLink } from '../support/admin.ts'
import { headerOf, headersOf, type Relay, startRelay, textOfMail } from '../support/relay.ts'
import { startWeb, type WebServer } from '../support/server.ts'
import { aMail } from '../support/some-mail.ts'

let relay: Relay
beforeAll(async () => {
  relay = await startRelay()
})
afterAll(() => relay.stop())

let server: WebServer
let mailer: Mailer
beforeEach(async () => {
  server = await startWeb({ smtpUrl: relay.url, origin: 'https://cafes.mediatheque.example' })
  const { mail } = server.context.config
  if (!mail) throw new Error('no mail')
  mailer = createMailer(mail)
  relay.taken.length = 0
})
afterEach(() => server.stop())

const append = ({ to = 'ami@lieu.example', name }: { to?: string; name?: string } = {}) =>
  appendMail(
    server.context.db,
    {
      to,
      ...aMail('Bonjour,\n\nÀ bientôt à la médiathèque.\n', name),
      expiresAt: server.context.now().add({ hours: 24 * 7 }),
    },
    server.context.now(),
  )

const only = async () => {
  const [mail] = await listMails(server.context.db, 10)
  if (!mail) throw new Error('no mail')
  return mail
}

test('a mail leaves once, in the name of the place, and its text is kept no longer', async () => {
  await append()
  await sendMails(server.context, mailer)
  await sendMails(server.context, mailer)
  expect(relay.taken).toHaveLength(1)
  const [{ from, to, raw } = { from: '', to: [], raw: '' }] = relay.taken
  expect([from, to]).toEqual(['cafes@mediatheque.example', ['ami@lieu.example']])
  expect(headerOf(raw, 'from')).toContain('<cafes@mediatheque.example>')
  expect(headerOf(raw, 'message-id')).toBe(`<${(await only()).id}@cafes.mediatheque.example>`)
  expect(headerOf(raw, 'auto-submitted')).toBe('auto-generated')
  expect(textOfMail(raw)).toContain('À bientôt à la médiathèque.')
  expect(await only()).toMatchObject({ params: {}, sentAt: server.context.now() })
})

describe('a relay that does not take it', () => {
  test('a passing refusal is tried again later, under the same Message-ID', async () => {
    await append()
    relay.refuseNext(451)
    await sendMails(server.context, mailer)
    const waiting = await only()
    expect([waiting.sentAt, waiting.droppedAt, waiting.attempts]).toEqual([undefined, undefined, 1])
    expect(waiting.error).toContain('not this one')

    await sendMails(server.context, mailer)
    expect(relay.taken).toHaveLength(0)
    server.advance({ minutes: 2 })
    await sendMails(server.context, mailer)
    expect(relay.taken).toHaveLength(1)
    expect(headerOf(relay.taken[0]?.raw ?? '', 'message-id')).toContain(waiting.id)
  })

  test('an attempt that ended in the middle is made again with the same Message-ID', async () => {
    await append()
    const leased = await leaseMail(server.context.db, server.context.now())
    server.advance({ minutes: 2 })
    await sendMails(server.context, mailer)
    expect(headerOf(relay.taken[0]?.raw ?? '', 'message-id')).toContain(leased?.id)
  })

  describe('a message of a visitor', () => {
    const said = { name: 'Sam', email: 'sam@bruz.example', message: 'Le 12 ?', siteName: 'Ici' }
    const write = (mail: Pick<NewMail, 'to' | 'template'> & Partial<NewMail>) =>
      appendMail(
        server.context.db,
        {
          ...{ params: { ...said, territory: 'Bruz' }, replyTo: said.email },
          expiresAt: server.context.now().add({ hours: 24 }),
          ...mail,
        },
        server.context.now(),
      )
    const pass = async () => {
      await sendMails(server.context, mailer)
      await relayMessages(server.context)
      await sendMails(server.context, mailer)
    }
    const told = () =>
      relay.taken.flatMap(({ to, raw }) => (to.includes(said.email) ? [textOfMail(raw)] : []))
    const kept = async () => {
      const { db } = server.context
      const mails = await db.selectFrom('mail').selectAll().execute()
      const messages = await db.selectFrom('contact_message').selectAll().execute()
      return JSON.stringify([mails, messages])
    }

    test('whose recipient has no mailbox any more: its writer is told', async () => {
      await write({ to: 'partie@lieu.example', template: 'profile-message' })
      relay.refuseNext(550)
      await pass()
      const [{ to, raw } = { to: [], raw: '' }] = relay.taken
      expect(to).toEqual([said.email])
      expect(textOfMail(raw)).not.toContain('Le 12')
      expect(await kept()).not.toContain('Le 12')
      expect(await server.context.db.selectFrom('contact_message').selectAll().execute()).toEqual(
        [],
      )
    })

    test.each(['profile-message', 'referent-message'])(
      'that no relay accepted in time: its writer is told once, and the team sees it (%s)',
      async (template) => {
        await write({ to: 'muette@lieu.example', template })
        relay.refuseNext(451)
        await pass()
        expect(told()).toEqual([])
        server.advance({ hours: 24 })
        await pass()
        await pass()
        expect(told()).toEqual([expect.stringContaining('n’a pas pu être remis')])
        expect(await kept()).not.toContain('Le 12')
        const admin = await signInByLink(server)
        const page = await admin.get('/administration/courriels')
        expect(page.text).toContain('N’a pas pu être remis')
        expect(page.text).not.toMatch(/undefined|Lien de connexion/)
      },
    )

    test('to several referents is handed over when one of them has it', async () => {
      const copy = { template: 'referent-message', about: 'one-message' }
      await write({ ...copy, to: 'une@lieu.example' })
      await write({ ...copy, to: 'autre@lieu.example' })
      relay.refuseNext(550)
      await pass()
      expect(told()).toEqual([])

      await write({ ...copy, about: 'two', to: 'une@lieu.example' })
      await write({ ...copy, about: 'two', to: 'autre@lieu.example' })
      relay.refuseNext(550, 451)
      await pass()
      expect(told()).toEqual([])
      server.advance({ hours: 24 })
      await pass()
      expect(told()).toHaveLength(1)
    })
  })

  test('an address that does not exist is not tried again', async () => {
    await append()
    relay.refuseNext(550)
    await sendMails(server.context, mailer)
    server.advance({ hours: 24 })
    await sendMails(server.context, mailer)
    expect(relay.taken).toHaveLength(0)
    expect((await only()).droppedAt).toBeDefined()
  })

  test('a relay that is down costs no mail', async () => {
    await append()
    const { mail } = readConfig({
      CAFE_IA_SMTP_URL: 'smtp://127.0.0.1:1',
      CAFE_IA_MAIL_FROM: 'cafes@mediatheque.example',
    })
    if (!mail) throw new Error('no mail')
    await sendMails(server.context, createMailer(mail))
    expect((await only()).error).toContain('ECONNREFUSED')
    server.advance({ hours: 1 })
    await sendMails(server.context, mailer)
    expect(relay.taken).toHaveLength(1)
  })

  test('after its time a mail does not leave any more', async () => {
    await append()
    server.advance({ hours: 24 * 7 })
    await sendMails(server.context, mailer)
    expect(relay.taken).toHaveLength(0)
  })
})

describe('header injection', () => {
  test.each([
    'ami@lieu.example\r\nBcc: x@evil.example',
    'ami@lieu.example\nBcc: x@evil.example',
    'ami@lieu.example, x@evil.example',
    'x@evil.example <ami@lieu.example>',
    'ami',
  ])('%j is no address', async (to) => {
    await expect(append({ to })).rejects.toMatchObject({ code: 'invalid' })
    expect(await listMails(server.context.db, 10)).toEqual([])
  })

  test('a name with line breaks adds neither a recipient nor a header', async () => {
    const evil = 'Moi\r\nBcc: x@evil.example\u2028X-Evil: 1\n\ncorps'
    await server.context.db.updateTable('organization').set({ name: evil }).execute()
    await append({ name: evil })
    await sendMails(server.context, mailer)
    const [{ to, raw } = { to: [], raw: '' }] = relay.taken
    expect(to).toEqual(['ami@lieu.example'])
    const names = headersOf(raw).map((line) => line.split(':')[0]?.toLowerCase())
    expect(names).not.toContain('bcc')
    expect(names).not.toContain('x-evil')
    expect(names.filter((name) => name === 'to')).toHaveLength(1)
    expect(textOfMail(raw)).toContain('Bonjour')
    // The text begins where it should, and not within the subject.
    expect(textOfMail(raw)).toMatch(/^Moi/)
  })
})

test('a mail is kept for 30 days', async () => {
  await append()
  server.advance({ hours: 24 * 29 })
  await purge(server.context)
  expect(await listMails(server.context.db, 10)).toHaveLength(1)
  server.advance({ hours: 24 })
  await purge(server.context)
  expect(await listMails(server.context.db, 10)).toHaveLength(0)
})
