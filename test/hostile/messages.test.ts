import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enqueue } from '../../federation/wire/activities.ts'
import { aboutFacilitator } from '../../federation/wire/facilitator-activities.ts'
import { insertContactMessage } from '../../node/store/facilitators/contact-messages.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { takeLimited } from '../../node/store/queues/shares.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { type Site, startPair, until } from '../support/network.ts'

/**
 * A sender writes to one person again and again through a directory: the person gets twenty mails a day, and the sender is
 * told that the others were not sent.
 */

let hub: Site
let node: Site
beforeAll(async () => {
  ;({ hub, node } = await startPair())
}, 60_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

test('the sender of a message that is not passed on is told so once, without the text of the message', async () => {
  const person = await publishTestFacilitator(node, { contact: 'relay' })
  await until(() => findFacilitatorByUri(hub.context.db, person.uri), { what: 'the profile' })
  for (let i = 0; i < 24; i++) {
    const { db, now, wake } = hub.context
    await db.transaction().execute(async (trx) => {
      const email = i < 22 ? `n${i}@ecrit.example` : 'deux-fois@ecrit.example'
      const said = {
        name: 'N',
        email,
        text: `ACHETEZ ${i}`,
        profileUri: person.uri,
        via: undefined,
      }
      const messageId = await insertContactMessage(trx, said, now())
      await appendChange(trx, { type: 'person-contacted', messageId }, now())
    })
    wake()
  }
  const mails = () => node.context.db.selectFrom('mail').selectAll().orderBy('id').execute()
  await until(async () => (await mails()).length === 23, { within: 15_000, what: 'the mails' })
  await until(async () => {
    const rows = await node.context.db.selectFrom('contact_message').selectAll().execute()
    return rows.length === 0
  })
  const all = await mails()
  expect(all.filter(({ facilitator_id }) => facilitator_id === person.id)).toHaveLength(20)
  const notices = all.filter(({ facilitator_id }) => facilitator_id === null)
  expect(notices).toHaveLength(3)
  for (const { recipient, template, params } of notices) {
    expect(recipient).toMatch(/@ecrit\.example$/)
    expect(template).toBe('message-refused')
    expect(params).not.toContain('ACHETEZ')
  }
})

test('the sender is told as well when the person no longer takes messages', async () => {
  const person = await publishTestFacilitator(node, { contact: 'relay' })
  await until(() => findFacilitatorByUri(hub.context.db, person.uri), { what: 'the profile' })
  await node.context.db
    .updateTable('facilitator')
    .set({ contact: 'none' })
    .where('id', '=', person.id)
    .execute()
  const { db, now, wake } = hub.context
  await db.transaction().execute(async (trx) => {
    const email = 'trop-tard@ecrit.example'
    const said = { name: 'N', email, text: 'Bonjour', profileUri: person.uri, via: undefined }
    const messageId = await insertContactMessage(trx, said, now())
    await appendChange(trx, { type: 'person-contacted', messageId }, now())
  })
  wake()
  const notice = () =>
    node.context.db
      .selectFrom('mail')
      .select('template')
      .where('recipient', '=', 'trop-tard@ecrit.example')
      .executeTakeFirst()
  await until(notice, { what: 'the notice' })
  expect((await notice())?.template).toBe('message-refused')
})

test('a site is handed so many messages a day, and the senders of the others are told so', async () => {
  const person = await publishTestFacilitator(node, { contact: 'relay' })
  await until(() => findFacilitatorByUri(hub.context.db, person.uri), { what: 'the profile' })
  const { db, now, wake } = hub.context
  const { host } = new URL(node.origin)
  await db.transaction().execute(async (trx) => {
    while (await takeLimited(trx, 'messages to a site', { host }, now()));
    const email = 'de-trop@ecrit.example'
    const said = { name: 'N', email, text: 'Bonjour', profileUri: person.uri, via: undefined }
    const messageId = await insertContactMessage(trx, said, now())
    await appendChange(trx, { type: 'person-contacted', messageId }, now())
  })
  wake()
  const noticeAt = (site: Site) =>
    site.context.db
      .selectFrom('mail')
      .select('template')
      .where('recipient', '=', 'de-trop@ecrit.example')
      .executeTakeFirst()
  await until(() => noticeAt(hub), { what: 'the notice of the directory' })
  expect((await noticeAt(hub))?.template).toBe('message-refused')
  expect(await noticeAt(node)).toBeUndefined()
})

test('the sender is told as well when the other site does not take the message in, and nothing of it stays', async () => {
  const refusing = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(400).end())
  })
  await new Promise<void>((listening) => refusing.listen(0, '127.0.0.1', listening))
  const { port } = refusing.address() as AddressInfo
  const { db, now, wake, config } = hub.context
  const profileUri = `http://127.0.0.1:${port}/animation/h4k7m2p9qx`
  const note = {
    ...{ type: 'Note', to: [profileUri], content: '<p>Bonjour, Xylophrène</p>' },
    ...{ senderName: 'N', replyTo: 'refuse@ecrit.example' },
  }
  const about = { type: 'Create', actor: 'instance', objectUri: profileUri, object: note } as const
  const activity = aboutFacilitator(
    { ...about, to: [profileUri] },
    { origin: config.origin, now: now() },
  )
  const inboxes = [`http://127.0.0.1:${port}/inbox`]
  await db
    .transaction()
    .execute((trx) => enqueue(trx, { activity, actor: 'instance', inboxes }, now()))
  wake()
  const notice = () =>
    db
      .selectFrom('mail')
      .selectAll()
      .where('recipient', '=', 'refuse@ecrit.example')
      .executeTakeFirst()
  await until(notice, { what: 'the notice' })
  expect((await notice())?.template).toBe('message-refused')
  expect((await notice())?.params).not.toContain('Xylophrène')
  const left = db.selectFrom('activity').select('id').where('id', '=', activity.id)
  expect(await left.execute()).toEqual([])
  await new Promise((closed) => refusing.close(closed))
})
