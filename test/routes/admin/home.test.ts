import { afterEach, expect, test } from 'vitest'
import type { DeliveryKind } from '../../../node/domain/federation/delivery.ts'
import { LEGAL_MINIMUM } from '../../../node/domain/structures/legal-notice.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/server/mail.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import { deleteDeliveries, insertDeliveries } from '../../../node/store/queues/deliveries.ts'
import {
  deleteFailedBefore,
  markDeliveryFailed,
} from '../../../node/store/queues/failed-deliveries.ts'
import { appendMail } from '../../../node/store/queues/mails.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import {
  findStructureProfile,
  saveStructureProfile,
} from '../../../node/store/structures/profiles.ts'
import { findSettings, saveSettings } from '../../../node/store/structures/site-settings.ts'
import { announce, CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf } from '../../support/browser.ts'
import { readable } from '../../support/readable.ts'
import { type Relay, startRelay } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'
import { aMail } from '../../support/some-mail.ts'

const ADMIN = '/administration'

let server: WebServer
let relay: Relay | undefined
afterEach(async () => {
  await server.stop()
  await relay?.stop()
  relay = undefined
})

const home = async (browser: Browser) => readable((await browser.get(ADMIN)).text)

const write = async () => {
  const { db, now } = server.context
  const expiresAt = now().add({ hours: 48 })
  await appendMail(
    db,
    {
      to: 'noa@lieu.example',
      ...aMail(),
      expiresAt,
    },
    now(),
  )
}

test('a first step that is open waits too, and at a directory the first one is no place', async () => {
  server = await startWeb({ role: 'hub' })
  const { db, now } = server.context
  const browser = await signInByLink(server)
  expect(await home(browser)).toContain('2 premiers pas restent à faire.')
  const steps = (await browser.get('/administration/premiers-pas')).text
  expect(steps).toContain('Votre annuaire')
  expect(steps).not.toContain('Votre lieu')
  const { id } = server.organization
  const profile = await findStructureProfile(db, id)
  if (!profile) throw new Error('no profile')
  const address = {
    ...{ streetAddress: '1 place', postalCode: '26150', commune: 'Die', codeInsee: '26113' },
    ...{ departement: '26', region: '84' },
  }
  const said = { address, phone: '04 75 00 00 00' }
  await saveStructureProfile(db, { id, profile: { ...profile, ...said } }, now())
  expect(await home(browser)).toContain('Un premier pas reste à faire.')
  const settings = await findSettings(db)
  const legal = {
    ...settings.legal,
    ...Object.fromEntries(LEGAL_MINIMUM.map((field) => [field, 'Oui'])),
  }
  await saveSettings(db, { ...settings, legal }, now())
  expect(await home(browser)).toContain('Rien n’attend votre réponse.')
})

test('the first page says what has not arrived, and leads to it', async () => {
  server = await startWeb()
  const { db, now } = server.context
  const browser = await signInByLink(server)
  expect(await home(browser)).not.toMatch(/attend(?:ent)? votre réponse/)

  let number = 0
  const send = async (host: string, kind: DeliveryKind, objectUri: string) => {
    const id = `${objectUri}#${number++}`
    const activity = { id, actor: 'cafes', type: 'Update', objectUri, body: '{}' }
    const activitySeq = await insertActivity(db, activity, now())
    const delivery = {
      activitySeq,
      type: 'Update',
      signer: 'cafes',
      kind,
      line: objectUri,
      inboxes: [`https://${host}/inbox`],
    }
    await insertDeliveries(db, delivery, now())
    const { id: last } = await db
      .selectFrom('delivery')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    return last
  }
  const fail = async (host: string, kind: DeliveryKind, objectUri: string) => {
    const id = await send(host, kind, objectUri)
    const error = '400 {"error":"Error parsing AP Event","stack":[]}'
    await markDeliveryFailed(db, { id, error }, now())
  }
  const uri = `${server.origin}/cafes/${await announce(browser)}`
  await insertOrganization(db, { id: 'organization-2', slug: 'ailleurs', name: 'Ailleurs' }, now())
  const elsewhere = aCafe({ organizationId: 'organization-2' })
  await saveCafe(db, elsewhere)
  for (const kind of ['note', 'announce', 'copy', 'word'] as const)
    await fail('note.example', kind, uri)
  await fail('other.example', 'cafe', elsewhere.uri)
  expect(await home(browser)).not.toMatch(/attend(?:ent)? votre réponse/)

  await fail('reseau.example', 'cafe', uri)
  await fail('autre.example', 'cafe', uri)
  expect(await home(browser)).toContain(
    '2 sites n’ont pas vos cafés tels qu’ils sont maintenant</h3>',
  )
  const { text } = await browser.get('/administration/reseau')
  const section = text.slice(text.indexOf('id="envois"')).split('</section>')[0]
  expect(section).toContain('Ce site refuse notre message.')
  expect(section).not.toMatch(/parsing|stack|note\.example|other\.example/)

  // The other site has received a newer text, so its former refusal does not count.
  const newer = await send('autre.example', 'cafe', uri)
  await deleteFailedBefore(db, [newer])
  await deleteDeliveries(db, [newer])
  expect(await home(browser)).toContain('1 site n’a pas vos cafés')
  server.advance({ hours: 24 * 60 })
  expect(await home(browser)).not.toContain('vos cafés tels')
})

test('without a relay, the mails to hand over are counted as long as they are of use', async () => {
  server = await startWeb()
  const browser = await signInByLink(server)
  await write()
  expect(await home(browser)).toContain('1 courriel à envoyer vous-même</h3>')
  server.advance({ hours: 49 })
  expect(await home(browser)).not.toContain('à envoyer vous-même')
})

test('with a relay, what it refused is said; what is on its way is not', async () => {
  relay = await startRelay()
  server = await startWeb({ smtpUrl: relay.url })
  const browser = await signInByLink(server)
  await write()
  expect(await home(browser)).not.toMatch(/attend(?:ent)? votre réponse/)
  relay.refuseNext(550)
  const { mail } = server.context.config
  if (!mail) throw new Error('no mail')
  await sendMails(server.context, createMailer(mail))
  expect(await home(browser)).toContain('1 courriel n’est pas parti</h3>')
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
  const list = async (state: string) =>
    readable((await browser.get(`${ADMIN}/cafes?etat=${state}`)).text)
  await become('postponed')
  const page = await home(browser)
  expect(page).toContain('1 à venir, 0 passé')
  expect(page).toContain('Aucun café n’a de date à venir.')
  expect(page).not.toMatch(/Aucun café (?:à venir|n’est annoncé)/)
  const postponed = await list('a-venir')
  expect(postponed).toContain('>Date à venir<')
  expect(postponed).toContain('<span class="line fine">d’abord prévu le mercredi 9')
  expect(postponed).not.toContain('18 h 30 – 20 h')
  await become('cancelled')
  expect(await list('annules')).toContain('>Rétablir ou reporter<')
})
