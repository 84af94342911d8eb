import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import type { RequestListener, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RefusedBackup } from '../../../node/domain/backup/backup.ts'
import { openS3Storage } from '../../../node/jobs/backup/s3-storage.ts'
import { type LoopbackServer, startLoopbackServer } from '../../support/loopback-server.ts'

/**
 * Checks that each call to a faulty storage ends, and with one sentence of explanation. The tests with a real storage
 * are in test/peers.
 */

let folder: string
let server: LoopbackServer | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cafe-ia-s3-'))
})
afterEach(async () => {
  await server?.close()
  await rm(folder, { recursive: true, force: true })
})

async function open(listener: RequestListener) {
  server = await startLoopbackServer(listener)
  const address = `${server.origin}/seau/cafe-ia`
  const login = { keyId: 'key', secret: 'secret', region: 'us-east-1' }
  return openS3Storage({ address, ...login }, { egressProxy: undefined }, 500)
}

async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await call.catch((error: unknown) => error)
  return error instanceof RefusedBackup ? error.message : expect.unreachable(String(error))
}

const breakOff = (response: ServerResponse) => {
  response.write('<Key>cafe-ia/')
  setImmediate(() => response.destroy())
}

test('a storage that reads nothing or does not answer is given up', async () => {
  const storage = await open(() => undefined)
  const file = join(folder, 'large')
  await writeFile(file, Buffer.alloc(32 * 1024 ** 2))
  expect(await refusalOf(storage.put('large', file))).toMatch(/127\.0\.0\.1:\d+ ne répond pas/)
  expect(await refusalOf(storage.list())).toMatch(/ne répond pas/)
  await storage.close()
})

test('one that breaks off is said not to answer, and leaves no file under its name', async () => {
  const storage = await open((_, response) => breakOff(response))
  expect(await refusalOf(storage.list())).toMatch(/ne répond pas/)
  expect(await refusalOf(storage.readText('journal'))).toMatch(/ne répond pas/)
  expect(await refusalOf(storage.fetchFile('file', join(folder, 'file')))).toMatch(/ne répond pas/)
  expect(await readdir(folder)).toEqual(['file.part'])
  await storage.close()
})

test('a storage whose list never ends is reported', { timeout: 60_000 }, async () => {
  const storage = await open((_, response) =>
    response.end('<NextContinuationToken>again</NextContinuationToken>'),
  )
  expect(await refusalOf(storage.list())).toMatch(/ne finit pas/)
  await storage.close()
})

test('an answer without end is cut, whatever its status', async () => {
  const chunk = Buffer.alloc(1024 ** 2, 'x')
  const storage = await open((request, response) => {
    response.statusCode = request.url?.includes('refused') ? 500 : 200
    const send = () => {
      while (response.writable && response.write(chunk));
    }
    response.on('drain', send)
    send()
  })
  expect(await refusalOf(storage.readText('journal'))).toMatch(/journal est trop grand/)
  expect(await refusalOf(storage.readText('refused'))).toMatch(/a refusé \(réponse 500\)/)
  await storage.remove('picture')
  const picture = `images/ab/ab${'0'.repeat(62)}.age`
  expect(await refusalOf(storage.fetchFile(picture, join(folder, 'fetched')))).toMatch(
    /est trop grand/,
  )
  expect(await readdir(folder)).toEqual([])
  await storage.close()
})
