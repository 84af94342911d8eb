import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Config } from '../../config.ts'
import { RefusedBackup } from '../../domain/backup/backup.ts'
import { timeOfBackup } from '../../domain/backup/backup-state.ts'
import { toBackupProblem } from './backup-problem.ts'
import type { Destination } from './destination.ts'
import { isStoredPicture } from './picture-store.ts'
import {
  connectToS3,
  fileBody,
  readS3Text,
  type S3Body,
  type S3Settings,
  textBody,
} from './s3-connection.ts'

/** A storage that speaks S3, at an address that the operator chose. */
export type S3Storage = Destination & {
  /**
   * Reads a text.
   * @returns undefined where there is none of this name.
   */
  readText: (name: string) => Promise<string | undefined>
  writeText: (name: string, text: string) => Promise<void>
  /** Fetches into a file, which gets its name once it is complete. */
  fetchFile: (name: string, file: string) => Promise<void>
  close: () => Promise<void>
}

/** The most that one request may contain (S3). */
const MOST_BYTES = 5 * 1024 ** 3
const MOST_TEXT = 64 * 1024 ** 2
/** The maximum number of bytes of a stored picture, several times what the largest one takes. */
const MOST_PICTURE = 64 * 1024 ** 2
/** The maximum number of pages of a list, which have a thousand names each. */
const MOST_PAGES = 2_000
/** The maximum number of bytes of the answer to a write or a deletion, whose content does not matter. */
const MOST_RECEIPT = 64 * 1024

class TooLargeFile extends RefusedBackup {}

/**
 * Opens a storage.
 * @param patienceMs - How long it may send nothing.
 * @throws RefusedBackup in one sentence, from each of its functions.
 */
export function openS3Storage(
  settings: S3Settings,
  config: Pick<Config, 'egressProxy'>,
  patienceMs?: number,
): S3Storage {
  const base = new URL(settings.address)
  const [, bucket = '', ...folders] = base.pathname.split('/')
  const prefix = folders.map((folder) => `${folder}/`).join('')
  const { ask, close } = connectToS3(settings, config, patienceMs)
  const urlOf = (name: string) => new URL(`/${bucket}/${prefix}${name}`, base)

  async function change(method: 'PUT' | 'DELETE', name: string, body?: S3Body): Promise<void> {
    const answer = await ask(method, urlOf(name), body)
    if (answer) await readS3Text(answer, MOST_RECEIPT)
  }

  async function read(name: string, url: URL): Promise<string | undefined> {
    const answer = await ask('GET', url)
    if (!answer) return undefined
    const text = await readS3Text(answer, MOST_TEXT)
    if (text === undefined) throw new RefusedBackup(`${name} est trop grand sur ${base.host}.`)
    return text
  }

  async function list(): Promise<string[]> {
    const names: string[] = []
    let after: string | undefined
    for (let page = 0; page < MOST_PAGES; page++) {
      const url = new URL(`/${bucket}`, base)
      url.searchParams.set('list-type', '2')
      if (prefix) url.searchParams.set('prefix', prefix)
      if (after) url.searchParams.set('continuation-token', after)
      const text = (await read('La liste des fichiers', url)) ?? ''
      for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) {
        const name = key.slice(prefix.length)
        if (timeOfBackup(name) || isStoredPicture(name)) names.push(name)
      }
      after = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(text)?.[1]
      if (!after) return names
    }
    throw new RefusedBackup(`La liste des fichiers de ${base.host} ne finit pas.`)
  }

  return {
    title: base.host + base.pathname,
    list,
    put: async (name, file) => {
      if ((await stat(file)).size > MOST_BYTES)
        throw new RefusedBackup(`${name} a plus de 5 Go, ce qu’un stockage S3 refuse d’un coup.`)
      await change('PUT', name, await fileBody(file))
    },
    remove: (name) => change('DELETE', name),
    readText: (name) => read(name, urlOf(name)),
    writeText: (name, text) => change('PUT', name, textBody(text)),
    fetchFile: async (name, file) => {
      const answer = await ask('GET', urlOf(name))
      if (!answer) throw new RefusedBackup(`${name} n’est plus sur ${base.host}.`)
      const most = isStoredPicture(name) ? MOST_PICTURE : MOST_BYTES
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        await pipeline(
          answer,
          limitBytes(name, most),
          createWriteStream(`${file}.part`, { mode: 0o600, flush: true }),
        )
        await rename(`${file}.part`, file)
      } catch (error) {
        // What came before an interruption stays; what has no end only takes place.
        if (error instanceof TooLargeFile) await rm(`${file}.part`, { force: true })
        throw toBackupProblem(error, file)
      }
    },
    close,
  }

  /** Passes a file on; one that does not end would otherwise fill the disk. */
  function limitBytes(name: string, most: number) {
    let bytes = 0
    return async function* (body: AsyncIterable<Buffer>) {
      for await (const chunk of body) {
        bytes += chunk.length
        if (bytes > most) throw new TooLargeFile(`${name} est trop grand sur ${base.host}.`)
        yield chunk
      }
    }
  }
}
