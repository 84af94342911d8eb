import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Dispatcher, ProxyAgent, request } from 'undici'
import type { Config } from '../../config.ts'
import { RefusedBackup } from '../../domain/values/backup.ts'
import { timeOfBackup } from '../../domain/values/backup-state.ts'
import type { Destination } from './destination.ts'
import { isStoredPicture } from './picture-store.ts'
import { hashText, signS3Request } from './s3-signature.ts'

/** A storage that speaks S3, at an address that the operator chose. */
export type S3Storage = Destination & {
  /** @returns undefined where there is none of this name. */
  readText: (name: string) => Promise<string | undefined>
  writeText: (name: string, text: string) => Promise<void>
  /** Into a file, under its name once it is complete. */
  fetchFile: (name: string, file: string) => Promise<void>
  close: () => Promise<void>
}

/** One request may carry no more (S3). */
const MOST_BYTES = 5 * 1024 ** 3
const MOST_TEXT = 64 * 1024 ** 2
const TIMEOUT_MS = 60_000

type Body = { content: string | NodeJS.ReadableStream; bytes: number; hash: string }
const NOTHING: Body = { content: '', bytes: 0, hash: hashText('') }

type S3Settings = NonNullable<Config['backups']['s3']>

/** @throws RefusedBackup in one sentence, from each of its functions. */
export function openS3Storage(
  { address, ...login }: S3Settings,
  { egressProxy }: Pick<Config, 'egressProxy'>,
): S3Storage {
  const base = new URL(address)
  const [, bucket = '', ...folders] = base.pathname.split('/')
  const prefix = folders.map((folder) => `${folder}/`).join('')
  const agent = egressProxy && new ProxyAgent(egressProxy.href)
  const urlOf = (name: string) => new URL(`/${bucket}/${prefix}${name}`, base)

  async function ask(method: Dispatcher.HttpMethod, url: URL, body = NOTHING) {
    const now = Temporal.Now.instant()
    const answer = await request(url, {
      method,
      headers: {
        ...signS3Request({ method, url, bodyHash: body.hash, now }, login),
        ...(method === 'PUT' && { 'content-length': String(body.bytes) }),
      },
      ...(method === 'PUT' && { body: body.content as string }),
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      ...(agent && { dispatcher: agent }),
    }).catch((error: Error) => {
      throw new RefusedBackup(`Le stockage ${base.host} ne répond pas (${error.message}).`)
    })
    if (answer.statusCode < 300) return answer
    const text = (await answer.body.text()).slice(0, 10_000)
    if (answer.statusCode === 404 && method === 'GET' && /<Code>NoSuchKey</.test(text))
      return undefined
    throw new RefusedBackup(refusalOf(base.host, answer.statusCode, text))
  }

  const put = async (name: string, body: Body) => {
    const answer = await ask('PUT', urlOf(name), body)
    await answer?.body.dump()
  }

  async function list(): Promise<string[]> {
    const names: string[] = []
    let after: string | undefined
    do {
      const url = new URL(`/${bucket}`, base)
      url.searchParams.set('list-type', '2')
      if (prefix) url.searchParams.set('prefix', prefix)
      if (after) url.searchParams.set('continuation-token', after)
      const text = (await (await ask('GET', url))?.body.text()) ?? ''
      for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) {
        const name = key.slice(prefix.length)
        if (timeOfBackup(name) || isStoredPicture(name)) names.push(name)
      }
      after = /<NextContinuationToken>([^<]*)<\/NextContinuationToken>/.exec(text)?.[1]
    } while (after)
    return names
  }

  return {
    title: base.host + base.pathname,
    list,
    put: async (name, file) => {
      const { size } = await stat(file)
      if (size > MOST_BYTES)
        throw new RefusedBackup(`${name} a plus de 5 Go, ce qu’un stockage S3 refuse d’un coup.`)
      await put(name, { content: createReadStream(file), bytes: size, hash: await hashFile(file) })
    },
    remove: async (name) => {
      const answer = await ask('DELETE', urlOf(name))
      await answer?.body.dump()
    },
    readText: async (name) => {
      const answer = await ask('GET', urlOf(name))
      if (Number(answer?.headers['content-length'] ?? 0) > MOST_TEXT)
        throw new RefusedBackup(`${name} est trop grand sur ${base.host}.`)
      return answer?.body.text()
    },
    writeText: (name, text) =>
      put(name, { content: text, bytes: Buffer.byteLength(text), hash: hashText(text) }),
    fetchFile: async (name, file) => {
      const answer = await ask('GET', urlOf(name))
      if (!answer) throw new RefusedBackup(`${name} n’est plus sur ${base.host}.`)
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
      await pipeline(answer.body, createWriteStream(`${file}.part`, { mode: 0o600, flush: true }))
      await rename(`${file}.part`, file)
    },
    close: async () => agent?.close(),
  }
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}

const HINTS: Record<string, string> = {
  InvalidAccessKeyId: 'vérifiez CAFE_IA_BACKUP_S3_KEY',
  SignatureDoesNotMatch: 'vérifiez CAFE_IA_BACKUP_S3_SECRET et CAFE_IA_BACKUP_S3_REGION',
  AuthorizationHeaderMalformed: 'vérifiez CAFE_IA_BACKUP_S3_REGION',
  AccessDenied: 'cette clé n’a pas le droit d’y lire, écrire et effacer',
  NoSuchBucket: 'le seau que nomme CAFE_IA_BACKUP_S3 n’existe pas',
  RequestTimeTooSkewed: 'l’horloge de cette machine n’est pas à l’heure',
}

function refusalOf(host: string, status: number, text: string): string {
  const code = /<Code>(\w{1,100})<\/Code>/.exec(text)?.[1]
  const hint = code && HINTS[code]
  return `Le stockage ${host} a refusé (${code ?? `réponse ${status}`})${hint ? ` : ${hint}` : ''}.`
}
