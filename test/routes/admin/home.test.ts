import { afterEach, expect, test } from 'vitest'
import type { DeliveryKind } from '../../../node/domain/federation/delivery.ts'
import { sendMails } from '../../../node/jobs/send-mails.ts'
import { createMailer } from '../../../node/mail.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { updateDuplicates } from '../../../node/store/cafes/duplicates.ts'
import { upsertPeer } from '../../../node/store/directory/peers.ts'
import { insertNewcomer } from '../../../node/store/facilitators/own-profiles.ts'
import { setMembership } from '../../../node/store/memberships.ts'
import { declareNetwork } from '../../../node/store/networks/networks.ts'
import { insertActivity } from '../../../node/store/queues/activities.ts'
import { insertDeliveries } from '../../../node/store/queues/deliveries.ts'
import {
  deleteFailedBefore,
  markDeliveryFailed,
} from '../../../node/store/queues/failed-deliveries.ts'
import { appendMail } from '../../../node/store/queues/mails.ts'
import { insertReferent } from '../../../node/store/referents/referents.ts'
import { insertOrganization } from '../../../node/store/structures/organizations.ts'
import { announce, CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, fieldsOf } from '../../support/browser.ts'
import { type Relay, startRelay } from '../../support/relay.ts'
import { startWeb, type WebServer } from '../../support/server.ts'
import { aCafe } from '../../support/some-cafes.ts'

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

  let number = 0
  const fail = async (host: string, kind: DeliveryKind, objectUri: string) => {
    const id = `${objectUri}#${number++}`
    const activity = { id, actor: 'cafes', type: 'Update', objectUri, body: '{}' }
    const activitySeq = await insertActivity(db, activity, now())
    const inboxes = [`https://${host}/inbox`]
    const delivery = {
      activitySeq,
      type: 'Update',
      signer: 'cafes',
      kind,
      line: objectUri,
      inboxes,
    }
    await insertDeliveries(db, delivery, now())
    const { id: last } = await db
      .selectFrom('delivery')
      .select('id')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const error = '400 {"error":"Error parsing AP Event","stack":[]}'
    await markDeliveryFailed(db, { id: last, error }, now())
    return { id: last, inbox: inboxes[0] ?? '', kind, line: objectUri }
  }
  const uri = `${server.origin}/cafes/${await announce(browser)}`
  await insertOrganization(db, { id: 'organization-2', slug: 'ailleurs', name: 'Ailleurs' }, now())
  const elsewhere = aCafe({ organizationId: 'organization-2' })
  await saveCafe(db, elsewhere)
  for (const kind of ['note', 'announce', 'copy', 'word'] as const)
    await fail('note.example', kind, uri)
  await fail('other.example', 'cafe', elsewhere.uri)
  expect(await home(browser)).toContain('Rien n’attend votre réponse')

  await fail('reseau.example', 'cafe', uri)
  const newest = await fail('autre.example', 'cafe', uri)
  expect(await home(browser)).toContain(
    '<a href="/administration/reseau">2 sites n’ont pas vos cafés tels qu’ils sont maintenant</a>',
  )
  const { text } = await browser.get('/administration/reseau')
  const section = text.slice(text.indexOf('id="envois"')).split('</section>')[0]
  expect(section).toContain('Ce site refuse notre message.')
  expect(section).not.toMatch(/parsing|stack|note\.example|other\.example/)

  // It has a newer text: what it refused before is forgotten.
  await deleteFailedBefore(db, { ...newest, id: newest.id + 1 })
  expect(await home(browser)).toContain('1 site n’a pas vos cafés')
  server.advance({ hours: 24 * 60 })
  expect(await home(browser)).not.toContain('vos cafés tels')
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

const LIBRARY = {
  ...{ id: undefined, name: 'Médiathèque du Canal', streetAddress: '12 quai de la Prévalaye' },
  ...{ postalCode: '35000', commune: 'Rennes', codeInsee: '35238', departement: '35' },
  ...{ region: '53', latitude: 48.105, longitude: -1.69 },
}

test('nothing waits only where nothing does: each thing that awaits an answer is said, with its page', async () => {
  server = await startWeb({ role: 'hub' })
  const browser = await signInByLink(server)
  const { db, now } = server.context
  const { id: organizationId } = server.organization
  const peerOf = async (host: string, membership: 'requested' | 'member') => {
    const actorUri = `https://${host}.example/actors/instance`
    const peer = await upsertPeer(db, { actorUri, name: host })
    await setMembership(db, peer.id, membership, now())
    return peer.id
  }
  const announceFrom = async (host: string, changes: object = {}) => {
    const uri = `https://${host}.example/cafes/1`
    const organizer = { uri: `https://${host}.example/actors/x`, name: host, url: uri }
    const peerId = await peerOf(host, 'member')
    const cafe = aCafe({ peerId, uri, url: uri, organizer, venue: LIBRARY, ...changes })
    await saveCafe(db, cafe)
    await updateDuplicates(db, cafe, now())
  }
  const awaited: [string, string, () => Promise<unknown>][] = [
    ['reseau', 'demande à rejoindre', () => peerOf('demande', 'requested')],
    ['reseau', 'attend votre avis', () => announceFrom('prix', { hiddenReason: 'price' })],
    [
      'doublons',
      'peut-être annoncé deux fois',
      async () => {
        await announceFrom('un')
        await announceFrom('deux')
      },
    ],
    [
      'referents',
      'proposition',
      () =>
        insertReferent(
          db,
          {
            ...{ territory: '35', name: 'Claire', word: 'neutre', email: 'c@lieu.example' },
            ...{ proposedBy: 'Un lieu' },
            startsOn: Temporal.PlainDate.from('2026-12-01'),
            endsOn: Temporal.PlainDate.from('2027-12-01'),
          },
          now(),
        ),
    ],
    [
      'animation',
      'figurer parmi celles qui animent',
      async () => {
        const person = { organizationId, origin: server.origin, name: 'Lou', email: 'l@x.example' }
        await insertNewcomer(db, { ...person, isApproved: false }, now())
        await db
          .updateTable('facilitator_contact')
          .set({ confirmed_at: now().toString() })
          .execute()
      },
    ],
    [
      'tetes-de-reseau',
      'attendue',
      async () => {
        const home = {
          ...{ organizationId, origin: server.origin },
          actorUri: `${server.origin}/actors/instance`,
        }
        const description = { name: 'Un réseau', presentation: '', website: undefined }
        await declareNetwork(db, { description, home }, now())
        const { uri } = await db.selectFrom('network').select('uri').executeTakeFirstOrThrow()
        await db
          .insertInto('network_member')
          .values({
            ...{ network_uri: uri, structure_uri: 'https://x.example/', structure_name: 'X' },
            ...{ offer_id: null, structure_at: now().toString(), network_at: null },
            ...{ ended_at: null, ended_by: null },
          })
          .execute()
      },
    ],
    ['courriels', 'à envoyer vous-même', write],
  ]
  expect(await home(browser)).toContain('Rien n’attend votre réponse')
  for (const [index, [page, words, add]] of awaited.entries()) {
    await add()
    const text = await home(browser)
    expect(text).not.toContain('Rien n’attend votre réponse')
    const link = new RegExp(`<a href="/administration/${page}">1 [^<]*${words}`)
    expect([index, link.test(text)]).toEqual([index, true])
  }
})
