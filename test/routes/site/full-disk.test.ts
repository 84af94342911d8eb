import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, rmdir, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiToken } from '../../../node/commands/token.ts'
import { announce, CAFE, signInByLink } from '../../support/admin.ts'
import { type Browser, openBrowser } from '../../support/browser.ts'
import { isOnPostgres } from '../../support/database.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

const FORM = '/administration/cafes/nouveau'
const TYPED = { ...CAFE, title: 'Un titre long à retrouver', save: 'publish' }

let server: WebServer
let admin: Browser
let token: string
let id: string
let disk: string
let isMounted = false
const { TMPDIR } = process.env

/** Mounts a small disk in memory, which needs root. */
beforeAll(async () => {
  disk = await mkdtemp(join(tmpdir(), 'cafe-ia-disk-'))
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk])
  isMounted = mount.status === 0
  process.env.TMPDIR = disk
  server = await startWeb({ role: 'node' })
  admin = await signInByLink(server)
  id = await announce(admin)
  token = await createApiToken(server.context, 'test')
})
afterAll(async () => {
  if (TMPDIR === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = TMPDIR
  await server.stop()
  if (isMounted) spawnSync('umount', [disk])
  await rmdir(disk)
})

async function fill(): Promise<void> {
  const { bavail, bsize } = await statfs(disk)
  await writeFile(join(disk, 'full'), Buffer.alloc(bavail * bsize))
}

const makeRoom = () => rm(join(disk, 'full'))

const write = (method: string, path: string, body: unknown) =>
  fetch(server.origin + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

describe.skipIf(isOnPostgres)('a disk that is full', () => {
  test('refuses what is written, keeps what was typed, shows every page, and takes it when there is room', async ({
    skip,
  }) => {
    if (!isMounted) return skip('mounting needs root')
    const form = await admin.get(FORM)
    await fill()
    const refused = await admin.submit(form, FORM, TYPED)
    expect(refused.status).toBe(507)
    expect(refused.text).toContain('Le disque de ce site est plein')
    expect(refused.text).toContain(TYPED.title)
    for (const path of ['/', '/cafes', `/cafes/${id}`, '/administration', '/agenda.ics']) {
      const { status } = await admin.get(path)
      expect([path, status]).toEqual([path, 200])
    }
    expect((await admin.get('/administration/cafes')).text).not.toContain(TYPED.title)
    await makeRoom()
    expect((await admin.submit(refused, FORM)).status).toBe(303)
    expect((await admin.get('/administration/cafes')).text).toContain(TYPED.title)
  })

  test('is said to a program as what it is, and to a visitor in one sentence', async ({ skip }) => {
    if (!isMounted) return skip('mounting needs root')
    await fill()
    const answer = await write('DELETE', `/api/v1/cafes/${id}`, {})
    expect(answer.status).toBe(507)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({
      type: `${server.origin}/api#disk-full`,
      title: expect.stringMatching(
        /^Le disque de ce site est plein\s: rien n’a été enregistré\.$/u,
      ),
    })
    const visitor = openBrowser(server.origin)
    const asked = await visitor.submit(
      await visitor.get('/animation/demande'),
      '/animation/demande',
      {
        email: 'sami@exemple.fr',
        name: 'Sami',
      },
    )
    expect(asked.status).toBe(507)
    expect(asked.text).toContain('Revenez en arrière')
    expect((await fetch(`${server.origin}/cafes/${id}`)).status).toBe(200)
    await makeRoom()
    expect((await write('DELETE', `/api/v1/cafes/${id}`, {})).ok).toBe(true)
  })
})
