import { afterAll, beforeAll, test } from 'vitest'
import { peerOf, type Site, startPair, until } from '../../support/network.ts'

let hub: Site
let node: Site

beforeAll(async () => {
  ;({ hub, node } = await startPair())
  await until(async () => (await peerOf(hub, node))?.reconciled_at, { what: 'the first reading' })
})
afterAll(async () => {
  await Promise.all([hub.close(), node.close()])
})

test('a directory that was away for days reads its members at its start, not next night', async () => {
  const { db } = hub.context
  await db.updateTable('peer').set({ reconciled_at: '2020-01-01T00:00:00Z' }).execute()
  await hub.stop()
  const uri = await node.publish({ title: 'Pendant l’absence' })
  await until(
    async () => (await node.context.db.selectFrom('delivery').select('id').execute())[0],
    {
      what: 'the delivery',
    },
  )
  // The deliveries were given up, as happens after a week.
  await node.context.db.deleteFrom('delivery').execute()
  await hub.start()
  await until(() => hub.find(uri), { what: 'the café at the directory' })
})

test('what was put off for hours while nobody ran is tried at the start', async () => {
  await hub.stop()
  const uri = await node.publish({ title: 'Remis à plus tard' })
  await until(
    async () => (await node.context.db.selectFrom('delivery').select('id').execute())[0],
    {
      what: 'the delivery',
    },
  )
  await node.context.db
    .updateTable('delivery')
    .set({ due_at: '2099-01-01T00:00:00Z', lease_until: '2099-01-01T00:00:00Z' })
    .execute()
  await node.stop()
  await hub.start()
  await node.start()
  await until(() => hub.find(uri), { what: 'the café at the directory' })
})
