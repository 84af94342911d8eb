import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { insertAccount } from '../../node/store/accounts/accounts.ts'
import { insertSecondFactor } from '../../node/store/accounts/second-factors.ts'
import { findBackupState, saveBackupState } from '../../node/store/backup/backup-state.ts'
import { appendErasures, JOURNAL_FILE } from '../../node/store/backup/erasure-journal.ts'
import { withdrawFacilitator } from '../../node/store/facilitators/publication.ts'
import { loadSiteKey } from '../../node/store/files/site-key.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { findHeld } from '../../node/store/queues/held.ts'
import { findSiteStructure } from '../../node/store/structures/site-structure.ts'
import { createPostgresDatabase } from '../support/database.ts'
import { publishTestFacilitator } from '../support/facilitator-profiles.ts'
import { type Site, startPair, until, untilAtRest } from '../support/network.ts'
import { cancelCafe } from '../support/own-cafes.ts'
import { run, runLoaded } from '../support/program.ts'

/** A place is restored on an empty machine from its backup, while its directory kept running. */

const statusOf = async (url: string) =>
  (await fetch(url, { headers: { accept: 'text/html' } })).status

describe('a place that is restored from its backup', () => {
  let hub: Site
  let node: Site
  let safe: string
  let settings: Record<string, string>
  beforeAll(async () => {
    ;({ hub, node } = await startPair())
    const { origin, data } = node.context.config
    settings = { ORIGIN: origin, DATA: data, ALLOW_LOOPBACK: '1' }
    safe = await mkdtemp(join(tmpdir(), 'cafe-ia-safe-'))
  }, 60_000)
  afterAll(async () => {
    await Promise.allSettled([hub.close(), node.close()])
    await rm(safe, { recursive: true, force: true })
  })

  const command = (args: string[]) => runLoaded(args, settings, safe)
  const followersOf = async () => (await node.get(`${node.origin}/actors/cafes/followers`)).text
  const received = async () =>
    (await hub.context.db.selectFrom('seen').selectAll().execute()).length

  async function addSecondFactor(at: Temporal.Instant): Promise<void> {
    const { db, config } = node.context
    const organizationId = (await findSiteStructure(db))?.id ?? ''
    const person = { email: 'zoe@lieu.example', organizationId, role: 'editor' } as const
    const { id: accountId } = await insertAccount(db, person, at)
    await insertSecondFactor(db, { accountId, key: await loadSiteKey(config.data) }, at)
    await db.updateTable('second_factor').set({ confirmed_at: at.toString() }).execute()
  }

  test('keeps its keys and followers: what was erased stays erased, and nothing is sent twice', {
    timeout: 120_000,
  }, async () => {
    const stays = await node.publish({ title: 'Un café qui reste' })
    const goes = await node.publish({ title: 'Un café supprimé ensuite' })
    const shown = await publishTestFacilitator(node, { level: 'public', name: 'Camille Retirée' })
    const changed = await publishTestFacilitator(node, { level: 'public', name: 'Dominique Caché' })
    await until(async () => (await hub.titles()).includes('Un café supprimé ensuite'))
    await untilAtRest(node)
    const before = {
      actor: (await node.get(`${node.origin}/actors/cafes`)).text,
      followers: await followersOf(),
    }
    // This message is in the backup as pending, and is delivered afterwards.
    await hub.stop()
    const late = await node.publish({ title: 'Annoncé juste avant la sauvegarde' })
    await until(async () => node.context.db.selectFrom('delivery').select('id').executeTakeFirst())
    const made = { at: node.context.now(), file: 'cafe-ia-lost.tar.gz', bytes: 1 }
    const backups = { since: made.at, last: made, problem: undefined }
    await saveBackupState(node.context.db, backups)
    await addSecondFactor(made.at)
    const file = join(safe, 'site.tar.gz')
    expect(await command(['backup', file])).toMatchObject({ code: 0 })
    await hub.start()
    await node.context.db.updateTable('delivery').set({ due_at: '2020-01-01T00:00:00Z' }).execute()
    node.context.wake()
    await until(async () => (await hub.titles()).includes('Annoncé juste avant la sauvegarde'))

    const { db, now } = node.context
    const stayed = await node.find(stays)
    await cancelCafe(db, { id: stayed?.id ?? '', reason: 'Panne' }, now())
    await node.publish({ title: 'Un café perdu avec la machine' })
    const path = new URL(goes).pathname
    expect((await node.call('DELETE', path.replace('/api/v1', ''))).status).toBeLessThan(300)
    await withdrawFacilitator(db, shown.id, now())
    await db
      .updateTable('facilitator')
      .set({ level: 'network' })
      .where('id', '=', changed.id)
      .execute()
    node.context.wake()
    await until(async () => !(await hub.titles()).includes('Un café supprimé ensuite'))
    const { data } = node.context.config
    await appendErasures(db, join(data, 'backups'))
    await untilAtRest(node)

    await node.stop()
    await copyFile(join(data, 'backups', JOURNAL_FILE), join(safe, JOURNAL_FILE))
    for (const name of await readdir(data)) await rm(join(data, name), { recursive: true })
    const restored = await command(['restore', file])
    expect(restored).toMatchObject({ code: 0 })
    expect(restored.stdout).toContain('3\u00a0cafés, 2\u00a0profils, 1\u00a0abonné')
    expect(restored.stdout).toMatch(/Effacés depuis la sauvegarde.* 1\u00a0café, 1\u00a0profil/)
    expect(restored.stdout).toMatch(/1\u00a0profil modifié depuis/)
    expect(restored.stdout).toMatch(/1\u00a0café annulé depuis l’est de nouveau/)
    expect(restored.stdout).toMatch(/La clé du site n’est ni .* 1\u00a0compte ne peut plus entrer/)
    expect(restored.stdout).toMatch(/1\u00a0annonce attend : rien ne partira/)

    const known = await received()
    await node.start()
    expect((await node.get(`${node.origin}/actors/cafes`)).text).toBe(before.actor)
    expect(await followersOf()).toBe(before.followers)
    expect((await node.titles()).sort()).toEqual([
      'Annoncé juste avant la sauvegarde',
      'Un café qui reste',
    ])
    expect(await statusOf(stays)).toBe(200)
    expect((await node.find(stays))?.status).toBe('cancelled')
    expect(await statusOf(goes)).toBe(410)
    expect(await statusOf(shown.url)).toBe(410)
    expect([404, 410]).toContain(await statusOf(changed.url))
    const all = await (await fetch(`${node.origin}/export/cafes.ndjson`)).text()
    expect(all).not.toContain('supprimé ensuite')
    expect(await node.context.db.selectFrom('session').selectAll().execute()).toEqual([])
    // The backups of the lost machine are not here: the first of this one is due.
    expect((await findBackupState(node.context.db))?.last?.file).not.toBe(made.file)

    // Deliveries are held: each job has run twice, and no server has received anything.
    await node.publish({ title: 'Un café d’après' })
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect(await received()).toBe(known)
    expect((await command(['held'])).stdout).toMatch(/rien ne part depuis que le site a été remis/)
    expect((await command(['held', '--drop'])).stdout).toMatch(/c’est jeté/)
    await until(async () => (await hub.titles()).includes('Un café d’après'))
    const events = await hub.context.db
      .selectFrom('cafe')
      .select(['title', 'uri'])
      .orderBy('title')
      .execute()
    expect(events.filter(({ uri }) => uri === late)).toHaveLength(1)
    expect(events.map(({ title }) => title)).not.toContain('Un café supprimé ensuite')
    expect(await hub.context.db.selectFrom('facilitator').select('name').execute()).toEqual([])
  })

  test('is not restored over what is there, nor with the settings of another site, nor twice at once', {
    timeout: 60_000,
  }, async () => {
    const file = join(safe, 'site.tar.gz')
    const filled = await command(['restore', file])
    expect(filled).toMatchObject({ code: 1 })
    expect(filled.stderr).toMatch(/Il y a déjà un site ici \(.*cafe-ia\.sqlite\)/)

    const empty = join(safe, 'empty')
    const into = (settings: Record<string, string>, from = file) =>
      runLoaded(['restore', from], { DATA: empty, ...settings }, safe)
    const sentence = async (settings: Record<string, string>, from = file) => {
      const { code, stderr } = await into(settings, from)
      expect(code).toBe(1)
      return stderr.trimEnd().split('\n').at(-1)
    }
    expect(await sentence({ ORIGIN: 'https://autre.example' })).toMatch(
      /Cette sauvegarde est celle de http:.*, et les réglages disent https:\/\/autre\.example/,
    )
    await writeFile(join(safe, 'text'), 'bonjour')
    expect(await sentence({}, join(safe, 'text'))).toMatch(/n’est pas une sauvegarde/)
    expect(await sentence({}, join(safe, 'none'))).toMatch(/Il n’y a rien à cet endroit/)

    const lock = new SQLite(join(empty, '.restore-lock'))
    lock.exec('begin exclusive')
    expect(await sentence({})).toMatch(/Une autre remise est en cours/)
    lock.close()
    expect((await readdir(empty)).filter((name) => name !== '.restore-lock')).toEqual([])

    // Pictures that are already in the folder belong to somebody, so the restore is refused.
    await mkdir(join(empty, 'media'))
    await writeFile(join(empty, 'media', 'x.jpg'), 'x')
    expect(await sentence({})).toMatch(/Il y a déjà un site ici/)
    await rm(join(empty, 'media'), { recursive: true })
  })

  test('goes on on PostgreSQL from the same file', { timeout: 60_000 }, async () => {
    const target = await createPostgresDatabase()
    try {
      const data = join(safe, 'elsewhere')
      const into = { ...settings, DATA: data, DATABASE: target.address }
      // What a restore leaves that was killed while its rows were copied.
      await mkdir(join(data, '.restore'), { recursive: true })
      const started = await run(['start'], into, safe).ended()
      expect(started).toMatchObject({ code: 78 })
      expect(started.stderr).toMatch(/remise a été interrompue/)
      const restored = await runLoaded(['restore', join(safe, 'site.tar.gz')], into, safe)
      expect(restored).toMatchObject({ code: 0 })
      const again = await runLoaded(['restore', join(safe, 'site.tar.gz')], into, safe)
      expect(again).toMatchObject({ code: 1 })
      expect(again.stderr).toMatch(/n’est pas vide/)
      expect(existsSync(join(data, '.restore'))).toBe(false)
      const db = await openDatabase(target.address)
      const titles = await db.selectFrom('cafe').select('title').orderBy('title').execute()
      expect(titles.map(({ title }) => title)).toEqual([
        'Annoncé juste avant la sauvegarde',
        'Un café qui reste',
      ])
      expect(await findHeld(db)).toMatchObject({ announcements: 1 })
      await db.destroy()
    } finally {
      await target.remove()
    }
  })

  /** A site that is not whole is not replaced by a new one under the same address. */
  async function refusesToStart(data: string, isThere: boolean) {
    if (isThere || !existsSync(join(data, '.restore'))) return
    for (const words of [['start'], ['sign-in-link'], ['recover', hub.origin]]) {
      const started = await run(words, { ...settings, DATA: data }, safe).ended()
      expect(started).toMatchObject({ code: words[0] === 'start' ? 78 : 1 })
      expect(started.stderr).toMatch(/remise a été interrompue .*relancez-la \(cafe-ia restore/)
    }
    expect(existsSync(join(data, 'cafe-ia.sqlite'))).toBe(false)
  }

  test('can be restored again after a restore that was killed anywhere', {
    timeout: 120_000,
  }, async () => {
    const file = join(safe, 'site.tar.gz')
    const empty = join(safe, 'killed')
    for (const after of [250, 330, 400, 480, 560, 700]) {
      const restoring = run(['restore', file], { DATA: empty }, safe)
      await new Promise((resolve) => setTimeout(resolve, after))
      await restoring.ended('SIGKILL')
      const isThere = existsSync(join(empty, 'cafe-ia.sqlite'))
      await refusesToStart(empty, isThere)
      const again = await runLoaded(['restore', file], { DATA: empty }, safe)
      expect(again.code).toBe(isThere ? 1 : 0)
      const sqlite = new SQLite(join(empty, 'cafe-ia.sqlite'), { readonly: true })
      expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(sqlite.prepare('select count(*) from follower').pluck().get()).toBeGreaterThan(0)
      expect(
        sqlite.prepare(`select count(*) from setting where name = 'sending-held'`).pluck().get(),
      ).toBe(1)
      sqlite.close()
      await rm(empty, { recursive: true })
    }
  })
})
