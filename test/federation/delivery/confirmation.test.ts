import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertLinkTo } from '../../../node/store/accounts/links.ts'
import { findCafeByUri } from '../../../node/store/cafes/cafes.ts'
import { CAFE, until } from '../../support/network.ts'
import { readable } from '../../support/readable.ts'
import { prepareServer, type ServerProcess } from '../../support/server-process.ts'

let folder: string
let hub: ServerProcess
let node: ServerProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-confirmation-'))
  hub = await prepareServer({ role: 'hub', folder })
  const invitation = await hub.invite()
  node = await prepareServer({
    role: 'node',

    folder,
    hub: `${hub.origin}/?invitation=${invitation}`,
  })
  await hub.start()
  await node.start()
})
afterAll(async () => {
  await Promise.allSettled([hub.remove(), node.remove()])
  await rm(folder, { recursive: true, force: true })
})

async function announce(): Promise<string> {
  const response = await fetch(`${node.origin}/api/v1/cafes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${node.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(CAFE),
  })
  return String(((await response.json()) as { id: string }).id)
}

/** Returns the link in the mail to that person. */
const linkFor = (uri: string): Promise<string> =>
  node.withDatabase(async (db) => {
    const cafe = await findCafeByUri(db, uri)
    if (!cafe) throw new Error(`${uri} is not at its node`)
    const organizationId = cafe.organizationId ?? ''
    const id = 'account-1'
    const account = { id, email: 'camille@lieu.example', name: '', password_hash: null }
    await db
      .insertInto('account')
      .values({ ...account, created_at: '2026-11-25T09:00:00Z' })
      .execute()
    await db
      .insertInto('role')
      .values({ account_id: id, organization_id: organizationId, role: 'editor' })
      .execute()
    const link = { purpose: 'confirm-cafe', subject: cafe.id, expiresAt: cafe.startsAt } as const
    const token = await insertLinkTo(
      db,
      { ...link, mailedTo: account.email },
      Temporal.Now.instant(),
    )
    return `${node.origin}/administration/confirmation/${token}`
  })

/** Returns the text of the directory's own page of that café. */
async function pageAtHub(uri: string): Promise<string> {
  const id = await hub.withDatabase(async (db) => (await findCafeByUri(db, uri))?.id)
  if (!id) return ''
  return readable(await (await fetch(`${hub.origin}/cafes/${id}`)).text())
}

test('what a person confirms by the link of a mail is on the directory’s page, with its day', async () => {
  const uri = await announce()
  await until(() => pageAtHub(uri), { within: 20_000, what: 'the café at the directory' })
  expect(await pageAtHub(uri)).not.toContain('L’équipe a confirmé')
  const link = await linkFor(uri)
  expect((await fetch(link)).status).toBe(200)
  expect(await pageAtHub(uri)).not.toContain('L’équipe a confirmé')

  const answer = await fetch(link, { method: 'POST' })
  expect(readable(await answer.text())).toContain('C’est confirmé')
  const saysSo = /L’équipe a confirmé ce café le \p{L}+ \d/u
  await until(async () => saysSo.test(await pageAtHub(uri)), {
    within: 10_000,
    what: 'the confirmation at the directory',
  })
})
