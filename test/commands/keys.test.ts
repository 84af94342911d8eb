import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { IS_FULL } from '../support/full.ts'
import { type Folder, openFolder, type Running, run } from '../support/program.ts'

/** `cafe-ia keys` runs beside a server that keeps running. */

let site: Folder
let server: Running
beforeAll(async () => {
  site = await openFolder()
  server = await site.start()
}, 30_000)
afterAll(() => site.close())

const readKey = async (actor = 'cafes') => {
  const headers = { accept: 'application/activity+json' }
  const response = await fetch(`${site.origin}/actors/${actor}`, { headers })
  const { publicKey } = (await response.json()) as { publicKey: { id: string } }
  return publicKey.id.split('#')[1]
}

const rows = () => {
  const sqlite = new SQLite(join(site.settings.DATA ?? '', 'cafe-ia.sqlite'), { readonly: true })
  const keys = sqlite
    .prepare<[], { actor: string; algorithm: string; retired_at: string | null }>(
      'select actor, algorithm, retired_at from actor_key order by key_id',
    )
    .all()
  sqlite.close()
  return keys
}

test('says what would change, and changes nothing', async () => {
  await readKey('cafes')
  await readKey('instance')
  const before = rows()
  const { code, stdout } = await site.run(['keys', 'rotate', '--dry-run'])
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^2\scomptes auraient de nouvelles clés, et les anciennes .* 48 heures\. Rien n’est changé\.$/m,
  )
  expect((await site.run(['keys', 'rotate', '--now', '--dry-run'])).stdout).toContain(
    'dès maintenant',
  )
  expect(rows()).toEqual(before)
  expect((await site.run(['keys', 'rotat'])).code).toBe(2)
})

test('killed anywhere, it leaves the keys before or those after, never some of each', {
  timeout: 60_000,
}, async () => {
  const left = { before: 0, after: 0 }
  for (let wait = 100; ; wait += IS_FULL ? 60 : 140) {
    const before = rows().length
    const rotating = run(['keys', 'rotate', '--now'], site.settings, site.folder)
    await new Promise((resolve) => setTimeout(resolve, wait))
    const { code } = await rotating.ended('SIGKILL')
    const present = rows()
    const current = present.filter(({ retired_at }) => retired_at === null)
    expect(current.map(({ actor, algorithm }) => `${actor} ${algorithm}`).toSorted()).toEqual([
      'cafes ed25519',
      'cafes rsa',
      'instance ed25519',
      'instance rsa',
    ])
    expect([before, before + 4]).toContain(present.length)
    left[present.length === before ? 'before' : 'after'] += 1
    expect(await readKey()).toMatch(/^main-key/)
    if (code === 0) break
  }
  expect(left.before).toBeGreaterThan(0)
  expect(left.after).toBeGreaterThan(0)
})

test('the server that runs takes the new keys up at once, and the former are said with their end', async () => {
  const before = await readKey()
  const { code, stdout } = await site.run(['keys', 'rotate'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^2\scomptes ont de nouvelles clés\./)
  expect(await readKey()).not.toBe(before)
  const { stdout: listed } = await site.run(['keys'])
  expect(listed).toMatch(/^cafes\n/)
  expect(listed).toContain(`RSA, ${before} : faite`)
  expect(listed).toMatch(/encore publiée jusqu’au \d/)
  expect(listed).toContain('en service')
})

test('a second time within two days is refused, unless a key has leaked', async () => {
  const before = rows()
  const again = await site.run(['keys', 'rotate'])
  expect(again).toMatchObject({ code: 1, stdout: '' })
  expect(again.stderr).toContain('les clés ont déjà été changées')
  expect(rows()).toEqual(before)
  const key = await readKey()
  const { code, stdout } = await site.run(['keys', 'rotate', '--now'])
  expect(code).toBe(0)
  expect(stdout).toContain('Signé de nouveau')
  expect(stdout).toContain('Ne peut pas l’être')
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /envoyé de nouveau pendant 48 heures\. Peuvent se perdre : - les messages et les partages .* ; - ce que reçoit un serveur qui répond « reçu » avant de vérifier\./,
  )
  expect(await readKey()).not.toBe(key)
  expect((await site.run(['keys'])).stdout).toContain('compromise')
})

test('a backup holds all keys, and is checked by those that sign', async () => {
  const { code } = await site.run(['backup', join(site.folder, 'site.tar.gz')])
  expect(code).toBe(0)
  await server.ended('SIGTERM')
})
