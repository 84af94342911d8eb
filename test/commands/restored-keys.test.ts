import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { JOURNAL_FILE } from '../../node/store/backup/erasure-journal.ts'
import { type Site, startPair, until, untilAtRest } from '../support/network.ts'
import { runLoaded } from '../support/program.ts'

/** A site changes its keys after its backup, or is changing them at that time; the directory knows the new ones. */

let hub: Site
let node: Site
let safe: string
beforeAll(async () => {
  ;({ hub, node } = await startPair())
  safe = await mkdtemp(join(tmpdir(), 'cafe-ia-safe-'))
}, 60_000)
afterAll(async () => {
  await Promise.allSettled([hub.close(), node.close()])
  await rm(safe, { recursive: true, force: true })
})

/**
 * Restarts the directory, since it reads an account's keys at most once in five minutes by the clock of the machine.
 */
async function startHubAnew(): Promise<void> {
  await hub.stop()
  await hub.start()
}
beforeEach(startHubAnew)

async function command(...args: string[]) {
  const { origin, data } = node.context.config
  return runLoaded(args, { ORIGIN: origin, DATA: data, ALLOW_LOOPBACK: '1' }, safe)
}

const backUp = async (name: string) =>
  expect(await command('backup', join(safe, name))).toMatchObject({ code: 0 })

const keyOf = async () =>
  ((await node.get(`${node.origin}/actors/cafes`)).json.publicKey as { id: string }).id

/** Publishes a café and waits until the directory has it. Returns its address. */
async function isHeard(title: string): Promise<string> {
  const uri = await node.publish({ title })
  await until(async () => (await hub.find(uri))?.title === title, { what: title })
  await untilAtRest(node)
  return uri
}

/** Replaces the machine by an empty one, on which it restores the files of the safe place. */
async function restore(name: string): Promise<string> {
  const { origin, data } = node.context.config
  await node.stop()
  const journal = join(data, 'backups', JOURNAL_FILE)
  await copyFile(journal, join(safe, JOURNAL_FILE)).catch(() => undefined)
  return restoreAlone(name, { origin, data })
}

async function restoreAlone(name: string, { origin, data }: { origin: string; data: string }) {
  for (const entry of await readdir(data)) await rm(join(data, entry), { recursive: true })
  const settings = { ORIGIN: origin, DATA: data, ALLOW_LOOPBACK: '1' }
  const restored = await runLoaded(['restore', join(safe, name)], settings, safe)
  expect(restored).toMatchObject({ code: 0 })
  await node.start()
  expect(await command('held', '--drop')).toMatchObject({
    ...{
      code: 0,
      stdout: expect.stringMatching(/^Aucun message n’attendait : ce qui est nouveau/),
    },
  })
  return restored.stdout
}

const listLeakedAtHub = () =>
  hub.context.db
    .selectFrom('pinned_key')
    .select('key_id')
    .where('retired_at', '=', '1970-01-01T00:00:00Z')
    .execute()

/** Waits until the directory knows it of the keys of both accounts, each of which tells of its own. */
const untilLeakedAtHub = (before: number) =>
  until(async () => (await listLeakedAtHub()).length >= before + 2, { what: 'the leaks' })

test('a backup that is made while keys are being changed goes on with both', {
  timeout: 60_000,
}, async () => {
  await isHeard('Avant tout')
  await backUp('before.tar.gz')
  const first = await keyOf()
  expect(await command('keys', 'rotate')).toMatchObject({ code: 0 })
  await isHeard('Pendant le changement')
  await backUp('during.tar.gz')
  const second = await keyOf()
  expect(second).not.toBe(first)
  expect(await restore('during.tar.gz')).not.toContain('clés')
  expect(await keyOf()).toBe(second)
  await isHeard('Remis pendant le changement')
  const { stdout } = await command('doctor')
  expect(stdout).toMatch(/✓ Clés de 2\scomptes : les plus anciennes .* un changement est en cours/)
  expect(stdout).toContain(`✓ Les clés de ce site sont celles que connaît ${hub.host}.`)
})

test('a backup from before the change of keys gets new keys when it is restored, and says so', {
  timeout: 60_000,
}, async () => {
  const lost = await keyOf()
  expect(await restore('before.tar.gz')).toMatch(/clés du site avaient été changées depuis/)
  expect(await keyOf()).not.toBe(lost)
  expect(await keyOf()).toMatch(/main-key-\d{17}$/)
  await isHeard('Remis d’avant le changement')
  expect((await command('doctor')).stdout).toContain('✓ Les clés de ce site sont celles que')
})

test('a backup whose keys have leaked since signs nothing with them', {
  timeout: 60_000,
}, async () => {
  await backUp('leaked.tar.gz')
  const leaked = await keyOf()
  expect(await command('keys', 'rotate', '--now')).toMatchObject({ code: 0 })
  node.context.wake()
  await untilLeakedAtHub(0)
  await startHubAnew()
  expect(await restore('leaked.tar.gz')).toMatch(/clés de cette sauvegarde avaient fui/)
  expect(await keyOf()).not.toBe(leaked)
  const uri = await isHeard('Remis après la fuite')
  const { stdout } = await command('keys')
  expect(stdout).toContain('compromise')
  expect((await hub.find(uri))?.title).toBe('Remis après la fuite')
})

test('without the journal the doctor asks the directory, and names the command that mends it', {
  timeout: 120_000,
}, async () => {
  await backUp('alone.tar.gz')
  const before = (await listLeakedAtHub()).length
  expect(await command('keys', 'rotate', '--now')).toMatchObject({ code: 0 })
  node.context.wake()
  await untilLeakedAtHub(before)
  const { origin, data } = node.context.config
  await node.stop()
  await rm(join(safe, JOURNAL_FILE), { force: true })
  expect(await restoreAlone('alone.tar.gz', { origin, data })).toContain('lancez cafe-ia doctor')
  const examined = await command('doctor')
  expect(examined.code).toBe(1)
  expect(examined.stdout).toMatch(/✗ .* tient les clés de ce site pour compromises/)
  expect(examined.stdout).toContain('→ Donnez-lui de nouvelles clés : cafe-ia keys rotate --now')
  // The directory does not answer the question about deletions either.
  expect((await command('held')).stdout).toMatch(/Les pages ne sont pas encore montrées/)
  await startHubAnew()
  expect(await command('keys', 'rotate', '--now')).toMatchObject({ code: 0 })
  node.context.wake()
  const isOpen = async () => (await node.call('GET', '/cafes')).status === 200
  await until(isOpen, { within: 60_000, what: 'the pages are shown' })
  await isHeard('Annoncé de nouvelles clés')
  expect((await command('doctor')).stdout).toContain('✓ Les clés de ce site sont celles que')
})
