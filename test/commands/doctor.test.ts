import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backupFileName } from '../../node/domain/backup/backup-state.ts'
import { saveFollowing } from '../../node/store/directory/followings.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { startLoopbackServer } from '../support/loopback-server.ts'
import { type Site, startSite } from '../support/network.ts'
import { type Ran, runLoaded, type Settings } from '../support/program.ts'
import { headerOf, startRelay } from '../support/relay.ts'

const examine = (settings: Settings, cwd: string, ...more: string[]): Promise<Ran> =>
  runLoaded(['doctor', ...more], settings, cwd)

describe('the doctor', () => {
  let site: Site
  let folder: string
  let stopped: Server
  let port: string
  /** A server whose clock is an hour late. */
  let late: Server
  const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const settingsOf = (more: Settings = {}): Settings => ({
    ORIGIN: site.origin,
    PORT: port,
    DATA: site.context.config.data,
    ALLOW_LOOPBACK: '1',
    ...more,
  })

  beforeAll(async () => {
    site = await startSite()
    port = new URL(site.origin).port
    await chmod(site.context.config.data, 0o700)
    folder = await mkdtemp(join(tmpdir(), 'cafe-ia-doctor-'))
    await chmod(folder, 0o700)
    late = createServer((_, response) => {
      response.setHeader('Date', new Date(Date.now() - 3_600_000).toUTCString()).end('ok')
    })
    stopped = createServer()
    for (const server of [late, stopped])
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  })
  afterAll(async () => {
    await site.close()
    late.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('finds nothing wrong with a server that is well', async () => {
    const { code, stdout, stderr } = await examine(settingsOf({ HUB: site.origin }), folder)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).not.toContain('✗')
    for (const line of [
      `✓ Le nom ${site.host} mène à une machine qui répond.`,
      `✓ On peut suivre @cafes@${site.host} depuis les autres réseaux.`,
      '✓ L’horloge est à l’heure de l’annuaire.',
      '✓ La base de données est intacte.',
      'est lu et écrit par ce compte seul.',
      'Go sur le disque.',
      '– Sauvegardes : aucune encore',
    ])
      expect(stdout).toContain(line)
  })

  test('looks at a site from outside, as a stranger sees it, and at nothing of this machine', async () => {
    const look = (address: string, more: Settings = {}) =>
      examine(settingsOf({ DATA: join(folder, 'nothing'), ...more }), folder, '--remote', address)
    const well = await look(site.origin)
    expect([well.code, well.stderr]).toEqual([0, ''])
    for (const line of [
      `✓ On peut suivre @cafes@${site.host} depuis les autres réseaux.`,
      '✓ Le site dit ce qu’il est : cafe-ia',
      '✓ Le compte et ses clés sont lus',
      '✓ La boîte aux messages répond, et refuse ce que personne n’a signé.',
      '✓ Son horloge et celle d’ici sont d’accord.',
    ])
      expect(well.stdout).toContain(line)
    expect(well.stdout).not.toContain('base de données')
    const other = await look(addressOf(late))
    expect(other.code).toBe(1)
    expect(other.stdout).toContain('✗ L’adresse à suivre')
    const typed = await look('pas une adresse')
    expect([typed.code, typed.stdout]).toEqual([1, expect.stringContaining('n’est pas l’adresse')])
  })

  test('says how old the last backup is, and that it no longer reaches the second folder', async () => {
    const settings = settingsOf({ DATA: join(folder, 'with-backups') })
    const place = join(folder, 'with-backups', 'backups')
    await mkdir(place, { recursive: true })
    const write = (hours: number) => {
      const at = Temporal.Now.instant().subtract({ hours })
      return writeFile(join(place, backupFileName(at, false)), '')
    }
    await write(80)
    const late = await examine(settings, folder)
    expect(late.stdout).toMatch(/✗ La dernière sauvegarde a été faite .*3.jours/)
    await write(20)
    expect((await examine(settings, folder)).stdout).toMatch(/✓ La dernière sauvegarde a été faite/)
    const copies = { ...settings, BACKUP_COPY: join(folder, 'unplugged') }
    const none = await examine(copies, folder)
    expect(none.stdout).toMatch(/✗ Il n’y a aucune sauvegarde dans .*unplugged/)
    await mkdir(copies.BACKUP_COPY)
    const old = backupFileName(Temporal.Now.instant().subtract({ hours: 80 }), false)
    await writeFile(join(copies.BACKUP_COPY, old), '')
    const away = await examine(copies, folder)
    expect(away.stdout).toMatch(/✗ La sauvegarde n’arrive plus dans .*unplugged/)
    await writeFile(join(folder, 'no-folder'), '')
    const closed = join(folder, 'no-folder', 'copies')
    const never = await examine({ ...settings, BACKUP_COPY: closed }, folder)
    expect(never.stdout).toContain(`✗ Ce compte ne peut pas écrire dans ${closed}`)
    const off = await examine({ ...settings, BACKUPS: 'off' }, folder)
    expect(off.stdout).toContain('– Sauvegardes : ce site n’en fait pas lui-même')
  })

  test('says that nothing answers, and what to look at', async () => {
    const origin = addressOf(stopped)
    stopped.close()
    const { code, stdout } = await examine({ ORIGIN: origin, ALLOW_LOOPBACK: '1' }, folder)
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /✗ Rien ne répond à http:\/\/127.*\n {2}→ Vérifiez que le serveur web tourne/,
    )
  })

  test('says that a name leads nowhere', async () => {
    // A label of 64 letters is invalid (RFC 1035 §2.3.4), so it is refused here, whatever DNS the machine has.
    const name = `${'n'.repeat(64)}.invalid`
    const { code, stdout } = await examine({ ORIGIN: `https://${name}` }, folder)
    expect(code).toBe(1)
    expect(stdout).toContain(`✗ Le nom ${name} ne mène nulle part.`)
  })

  test('says that a name leads to a private address', async () => {
    const { code, stdout } = await examine({ ORIGIN: 'https://10.0.0.1' }, folder)
    expect(code).toBe(1)
    expect(stdout).toContain('✗ Vu d’ici, le nom 10.0.0.1 mène à une adresse privée.')
  })

  test('says that another program answers, which nobody can follow', async () => {
    const origin = addressOf(late)
    const { code, stdout } = await examine({ ORIGIN: origin, ALLOW_LOOPBACK: '1' }, folder)
    expect(code).toBe(1)
    expect(stdout).toContain(`✗ L’adresse à suivre, @cafes@${new URL(origin).host}`)
  })

  test('says by how much the clock is wrong', async () => {
    const { code, stdout } = await examine(settingsOf({ HUB: addressOf(late) }), folder)
    expect(code).toBe(1)
    expect(stdout).toMatch(/✗ L’horloge a 3(59|60)\d secondes d’écart avec l’annuaire\./)
  })

  test('compares the clock with the directory that was joined on the pages, too', async () => {
    const place = join(folder, 'joined')
    await mkdir(place, { mode: 0o700 })
    const db = await openDatabase(join(place, 'cafe-ia.sqlite'))
    await saveFollowing(
      db,
      {
        actor: 'instance',
        address: addressOf(late),
        targetUri: `${addressOf(late)}/actors/instance`,
        followId: `${site.origin}/follows/1`,
        isJoin: true,
        invitation: undefined,
        state: 'accepted',
        error: undefined,
      },
      Temporal.Now.instant(),
    )
    await db.destroy()
    const joined = { ORIGIN: site.origin, DATA: place, ALLOW_LOOPBACK: '1' }
    const { stdout } = await examine(joined, folder)
    expect(stdout).toMatch(/✗ L’horloge a 3(59|60)\d secondes d’écart/)
  })

  test('says that others may read the keys', async () => {
    const shared = await mkdtemp(join(tmpdir(), 'cafe-ia-doctor-'))
    await chmod(shared, 0o755)
    const { code, stdout } = await examine(settingsOf({ DATA: shared }), folder)
    await rm(shared, { recursive: true })
    expect(code).toBe(1)
    expect(stdout).toContain(`✗ D’autres comptes de la machine peuvent lire ${shared}`)
    expect(stdout).toContain(`chmod 700 ${shared}`)
  })

  test('says that the data are damaged, without touching them', async () => {
    const path = join(folder, 'abimee.sqlite')
    const whole = new SQLite(site.context.config.database)
    whole.prepare('vacuum into ?').run(path)
    whole.close()
    const bytes = await readFile(path)
    bytes.fill(0xff, 4096, Math.min(bytes.length, 40_960))
    await writeFile(path, bytes)
    const { code, stdout } = await examine(settingsOf({ DATABASE: path }), folder)
    expect(code).toBe(1)
    expect(stdout).toContain('✗ La base de données est abîmée')
    expect((await readFile(path)).equals(bytes)).toBe(true)
  })

  test('greets the mail relay, and says what is wrong with it', async () => {
    const relay = await startRelay()
    const mail = { MAIL_FROM: 'cafes@lieu.example' }
    const well = await examine(settingsOf({ SMTP_URL: relay.url, ...mail }), folder)
    expect(well.stdout).toContain('✓ Courriel')
    expect(relay.taken).toEqual([])
    await relay.stop()
    const gone = await examine(settingsOf({ SMTP_URL: relay.url, ...mail }), folder)
    expect(gone.code).toBe(1)
    expect(gone.stdout).toMatch(/✗ Courriel.*ne prend pas les messages/)
    expect(gone.stdout).toContain('CAFE_IA_SMTP_URL')
  })

  test('sends a test mail to whom the operator names, and says what the relay answered', async () => {
    const relay = await startRelay()
    const mail = settingsOf({ SMTP_URL: relay.url, MAIL_FROM: 'cafes@lieu.example' })
    const sent = await examine(mail, folder, '--mail', 'camille@lieu.example')
    expect(sent.stdout).toMatch(/✓ Message d’essai : .* pour camille@lieu\.example.*« 250 /)
    expect(relay.taken.map(({ from, to }) => [from, to])).toEqual([
      ['cafes@lieu.example', ['camille@lieu.example']],
    ])
    expect(headerOf(relay.taken[0]?.raw ?? '', 'auto-submitted')).toBe('auto-generated')
    relay.refuseNext(550)
    const refused = await examine(mail, folder, '--mail', 'personne@lieu.example')
    expect(refused.code).toBe(1)
    expect(refused.stdout).toMatch(/✗ Message d’essai : .* ne l’a pas pris .*550 not this one/)
    await relay.stop()
    const none = await examine(settingsOf(), folder, '--mail', 'camille@lieu.example')
    expect([none.code, none.stdout]).toEqual([1, expect.stringContaining('✗ Courriel')])
    const wrong = await examine(mail, folder, '--mail', 'camille')
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toContain('« camille »')
  })

  test('says in French what is wrong with a certificate', async () => {
    const server = await startLoopbackServer((_, response) => response.end('ok'), { tls: true })
    const { stdout } = await examine({ ORIGIN: server.origin, ALLOW_LOOPBACK: '1' }, folder)
    expect(stdout).toMatch(/✗ Le certificat de .* \(le certificat est signé par lui-même/)
    await server.close()
  })

  test('says that no address is chosen yet', async () => {
    const { code, stdout } = await examine({}, folder)
    expect(code).toBe(1)
    expect(stdout).toContain('✗ Le site n’a pas encore d’adresse publique.')
  })
})
