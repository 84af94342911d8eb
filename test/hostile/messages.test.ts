import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertContactMessage } from '../../node/store/facilitators/contact-messages.ts'
import { findFacilitatorByUri } from '../../node/store/facilitators/facilitators.ts'
import { appendChange } from '../../node/store/queues/changes.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { type Site, startPair, until } from '../support/network.ts'

/** Who writes to somebody again and again by a directory: the person has ten mails in a day, the writer is told of the rest. */

let hub: Site
let node: Site
beforeAll(async () => {
  ;({ hub, node } = await startPair())
}, 60_000)
afterAll(() => Promise.all([hub.close(), node.close()]))

test('the sender of a message that is not passed on is told so once, without the text of the message', async () => {
  const person = await publishTestFacilitator(node, { contact: 'relay' })
  await until(() => findFacilitatorByUri(hub.context.db, person.uri), { what: 'the profile' })
  for (let i = 0; i < 14; i++) {
    const { db, now, wake } = hub.context
    await db.transaction().execute(async (trx) => {
      const email = i < 12 ? `n${i}@ecrit.example` : 'deux-fois@ecrit.example'
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
  await until(async () => (await mails()).length === 13, { within: 15_000, what: 'the mails' })
  await until(async () => {
    const rows = await node.context.db.selectFrom('contact_message').selectAll().execute()
    return rows.length === 0
  })
  const all = await mails()
  expect(all.filter(({ facilitator_id }) => facilitator_id === person.id)).toHaveLength(10)
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
