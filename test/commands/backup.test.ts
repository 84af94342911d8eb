import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Folder, openFolder, type Running, run } from '../support/program.ts'

/** `cafe-ia backup` runs beside a server that keeps running. */

let site: Folder
let server: Running
let token: string
beforeAll(async () => {
  site = await openFolder()
  server = await site.start()
  token = (await site.run(['token', 'create'])).stdout.trim()
}, 30_000)
afterAll(() => site.close())

const announce = (title: string) =>
  fetch(`${site.origin}/api/v1/cafes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      title,
      descriptionMarkdown: 'On parle.',
      startsAt: `${Temporal.Now.plainDateISO().add({ days: 20 })}T18:30:00`,
      timezone: 'Europe/Paris',
      venue: { name: 'Médiathèque', streetAddress: '1 place', postalCode: '26150', commune: 'Die' },
      registration: { mode: 'none' },
    }),
  })

test('is one file that is checked and can be checked again, while cafés are announced', async () => {
  const file = join(site.folder, 'site.tar.gz')
  const writing = Promise.all(Array.from({ length: 30 }, (_, at) => announce(`Café ${at}`)))
  const made = await site.run(['backup', file])
  expect(made).toMatchObject({ code: 0 })
  expect((await writing).every(({ status }) => status === 201)).toBe(true)
  expect(made.stdout).toContain('Sauvegarde vérifiée')
  expect(made.stderr).toMatch(/100 % : archive/)
  expect((await stat(file)).mode & 0o077).toBe(0)
  const again = await site.run(['backup', '--check', file])
  expect(again).toMatchObject({ code: 0 })
  expect(again.stdout).toContain(site.origin)
  expect(server.child.exitCode).toBe(null)
  expect((await readdir(site.folder)).filter((name) => name.startsWith('.'))).toEqual([])
})

test('goes to all places where no file is named, as at night, or says which took none', async () => {
  const copy = join(site.folder, 'copy')
  const settings = { ...site.settings, BACKUP_COPY: copy }
  const made = await site.run(['backup'], settings)
  expect(made).toMatchObject({ code: 0 })
  const [file] = (await readdir(copy)).filter((name) => name.startsWith('cafe-ia-'))
  expect(made.stdout).toContain(`Sauvegarde faite et vérifiée : ${file}`)
  expect(made.stdout).toContain(copy)
  expect(await readdir(join(site.settings.DATA ?? '', 'backups'))).toContain(file)
  await writeFile(join(site.folder, 'no-folder'), 'x')
  const failed = await site.run(['backup'], {
    ...settings,
    BACKUP_COPY: join(site.folder, 'no-folder'),
  })
  expect(failed).toMatchObject({ code: 1 })
  expect(failed.stderr).toMatch(/pas à tous les endroits réglés : /)
})

test('says in one sentence why it cannot be made, and leaves nothing', async () => {
  await mkdir(join(site.folder, 'elsewhere'))
  const file = join(site.folder, 'elsewhere', 'one.tar.gz')
  expect((await site.run(['backup', file])).code).toBe(0)
  const sentence = async (args: string[], settings = site.settings) => {
    const { code, stderr } = await site.run(['backup', ...args], settings)
    expect(code).toBe(1)
    const lines = stderr.trimEnd().split('\n')
    return lines.at(-1)
  }
  expect(await sentence([file])).toBe(
    `cafe-ia: Le fichier ${file} existe déjà : choisissez-en un autre.`,
  )
  expect(await sentence(['/nowhere/at/all'])).toBe('cafe-ia: Le dossier /nowhere/at n’existe pas.')
  expect(await sentence(['/proc/backup'])).toBe(
    'cafe-ia: Ce compte ne peut pas écrire dans le dossier /proc.',
  )
  expect(await sentence(['--check', join(site.folder, 'none')])).toMatch(
    /Il n’y a rien à cet endroit/,
  )
  const empty = { ...site.settings, DATA: join(site.folder, 'empty') }
  expect(await sentence([join(site.folder, 'x')], empty)).toMatch(
    /Il n’y a pas de données à sauvegarder/,
  )
  expect(await sentence([file], { ...site.settings, BACKUP_PASSPHRASE: 'court' })).toMatch(
    /12 caractères/,
  )
  expect(await readdir(join(site.folder, 'elsewhere'))).toEqual(['one.tar.gz'])
})

test('does not hold up who writes, and takes nothing of the database away', async () => {
  const sqlite = new SQLite(join(site.settings.DATA ?? '', 'cafe-ia.sqlite'))
  sqlite.exec('begin immediate')
  // Another connection writes during the whole copy; the backup contains what was committed.
  expect((await site.run(['backup', join(site.folder, 'busy.tar.gz')])).code).toBe(0)
  sqlite.exec('commit')
  sqlite.close()
})

test('that is killed anywhere leaves nothing by its name, and the next one is made', {
  timeout: 60_000,
}, async () => {
  const folder = join(site.folder, 'killed')
  await mkdir(folder)
  const file = join(folder, 'site.tar.gz')
  for (const after of [200, 260, 320, 380, 440]) {
    const making = run(['backup', file], site.settings, site.folder)
    await new Promise((resolve) => setTimeout(resolve, after))
    await making.ended('SIGKILL')
    if (existsSync(file)) {
      // The file gets its name once it is complete, so the process was killed during the check.
      expect((await site.run(['backup', '--check', file])).code).toBe(0)
      await rm(file)
    }
    expect((await site.run(['backup', file])).code).toBe(0)
    expect((await readdir(folder)).filter((name) => !name.startsWith('.check-'))).toEqual([
      'site.tar.gz',
    ])
    await rm(file)
  }
})

const hasMount = (folder: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0

test('says that the disk is full, leaves nothing there, and the site goes on', async ({ skip }) => {
  const folder = join(site.folder, 'small')
  await mkdir(folder)
  if (!hasMount(folder)) return skip('needs the right to mount a file system')
  try {
    const { code, stderr } = await site.run(['backup', join(folder, 'site.tar.gz')])
    expect(code).toBe(1)
    expect(stderr).toContain(`cafe-ia: Il n’y a plus assez de place sur le disque de ${folder}.\n`)
    expect(await readdir(folder)).toEqual([])
    expect((await announce('Un café pendant que le disque est plein')).status).toBe(201)
  } finally {
    spawnSync('umount', [folder])
  }
})
