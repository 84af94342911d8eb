import { afterEach, expect, test } from 'vitest'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/mail.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import {
  insertDeliveries,
  leaseDeliveries,
  parkDelivery,
} from '../../../node/store/queues/deliveries.ts'
import { appendMail } from '../../../node/store/queues/mails.ts'
import { type Browser, fieldsOf } from '../../support/browser.ts'
import { announce, CAFE, signInByLink } from '../../support/desk.ts'
import { type Relay, startRelay } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const DESK = '/administration'

let server: WebServer
let relay: Relay | undefined
afterEach(async () => {
  await server.stop()
  await relay?.stop()
  relay = undefined
})

const home = async (browser: Browser) =>
  (await browser.get(DESK)).text.replace(/[\u00a0\u202f]/gu, ' ')

const write = async () => {
  const { db, now } = server.context
  const expiresAt = now().add({ hours: 48 })
  await appendMail(
    db,
    {
      to: 'noa@lieu.example',
      template: 'written',
      params: { subject: 'Bonjour', text: 'Bonjour' },
      expiresAt,
    },
    now(),
  )
}

test('the first page says what has not arrived, and leads to it', async () => {
  server = await startWeb()
  const { db, now } = server.context
  const browser = await signInByLink(server)
  expect(await home(browser)).toContain('Rien n’attend votre réponse')

  const objectUri = `${server.origin}/cafes/1`
  const activity = {
    id: `${objectUri}#create`,
    actor: 'cafes',
    type: 'Create',
    objectUri,
    body: '{}',
  }
  const activitySeq = await insertActivity(db, activity, now())
  const inboxes = ['https://reseau.example/inbox', 'https://autre.example/inbox']
  await insertDeliveries(db, { activitySeq, signer: 'cafes', objectUri, inboxes }, now())
  for (const { id } of await leaseDeliveries(db, {
    ...{ now: now(), limit: 2, perHost: 2 },
    ...{ busyHosts: new Map(), struggling: 0 },
  }))
    await parkDelivery(db, { id, error: '410' }, now())

  const text = await home(browser)
  expect(text).toContain('<a href="/administration/reseau">2 sites n’ont pas reçu vos annonces</a>')
})

test('without a relay, the mails to hand over are counted as long as they are of use', async () => {
  server = await startWeb()
  const browser = await signInByLink(server)
  await write()
  expect(await home(browser)).toContain(
    '<a href="/administration/courriels">1 courriel à envoyer vous-même',
  )
  server.advance({ hours: 49 })
  expect(await home(browser)).not.toContain('à envoyer vous-même')
})

test('with a relay, what it refused is said; what is on its way is not', async () => {
  relay = await startRelay()
  server = await startWeb({ smtpUrl: relay.url })
  const browser = await signInByLink(server)
  await write()
  expect(await home(browser)).not.toContain('/administration/courriels">1')
  relay.refuseNext(550)
  const { mail } = server.context.config
  if (!mail) throw new Error('no mail')
  await sendMails(server.context, createMailer(mail))
  expect(await home(browser)).toContain(
    '<a href="/administration/courriels">1 courriel n’est pas parti</a>',
  )
})

test('what was announced last is done again in one click, even once it is over', async () => {
  server = await startWeb()
  const browser = await signInByLink(server)
  expect(await home(browser)).not.toContain('Refaire le dernier')
  await announce(browser, { date: '2026-12-02', title: 'Le premier' })
  server.advance({ hours: 1 })
  await announce(browser, { date: '2026-12-01', title: 'Le second' })
  server.advance({ hours: 24 * 10 })
  const text = await home(browser)
  const [, href = ''] = /href="([^"]+)">Refaire le dernier/.exec(text) ?? []
  const form = await browser.get(href)
  const values = fieldsOf(form.text, '/administration/cafes/nouveau')
  expect(values).toMatchObject({ title: ['Le second'], time: [CAFE.time] })
})

test('a postponed café has no day, and a cancelled one may be brought back', async () => {
  server = await startWeb()
  const browser = await signInByLink(server)
  const become = async (situation: string) => {
    const path = `/administration/cafes/${await announce(browser)}/situation`
    await browser.submit(await browser.get(path), path, { situation })
  }
  await become('postponed')
  const postponed = await home(browser)
  expect(postponed).toContain('>Date à venir<span class="line fine">d’abord prévu le mercredi 9')
  expect(postponed).not.toContain('18 h 30 – 20 h')
  await become('cancelled')
  expect(await home(browser)).toContain('>Rétablir ou reporter<')
})
