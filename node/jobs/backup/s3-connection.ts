import { createHash } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AwsV4Signer } from 'aws4fetch'
import { Agent, type Dispatcher, ProxyAgent, request } from 'undici'
import type { Config } from '../../config.ts'
import { RefusedBackup } from '../../domain/backup/backup.ts'
import { describeFault } from '../../server/network-fault.ts'

export type S3Settings = NonNullable<Config['backups']['s3']>

/** The body of a request: its length in bytes, and its SHA-256 in hexadecimal, which the signature covers. */
export type S3Body = { content: string | ReadStream; bytes: number; sha256: string }

export type S3Connection = {
  /**
   * Signs one request (AWS Signature Version 4), sends it and follows no redirect.
   * @returns The body as a stream; undefined where there is nothing of this name.
   * @throws RefusedBackup in one sentence, as reading the body does.
   */
  ask: (
    method: Dispatcher.HttpMethod,
    url: URL,
    body?: S3Body,
  ) => Promise<AsyncIterable<Buffer> | undefined>
  close: () => Promise<void>
}

/** How long the storage may send nothing, before an answer and during it; a large file may take any time. */
const PATIENCE_MS = 60_000
/** The maximum number of bytes that are read of a refusal, of which only the code counts. */
const MOST_REFUSAL = 64 * 1024

/** Connects to a storage. The operator chose the address, so it may be a private one. */
export function connectToS3(
  { address, keyId: accessKeyId, secret: secretAccessKey, region }: S3Settings,
  { egressProxy }: Pick<Config, 'egressProxy'>,
  patienceMs = PATIENCE_MS,
): S3Connection {
  const { host } = new URL(address)
  const patience = { headersTimeout: patienceMs, bodyTimeout: patienceMs }
  const dispatcher = egressProxy
    ? new ProxyAgent({ uri: egressProxy.href, ...patience })
    : new Agent(patience)
  const cache = new Map<string, ArrayBuffer>()
  const said = (error: unknown): RefusedBackup =>
    new RefusedBackup(`Le stockage ${host} ne répond pas (${describeFault(wordsOf(error))}).`)

  async function* read(body: Dispatcher.ResponseData['body']): AsyncGenerator<Buffer> {
    try {
      yield* body
    } catch (error) {
      throw said(error)
    }
  }

  return {
    ask: async (method, url, body = textBody('')) => {
      const signer = new AwsV4Signer({
        ...{ method, url: url.href, service: 's3', region, accessKeyId, secretAccessKey, cache },
        headers: { 'x-amz-content-sha256': body.sha256 },
      })
      const { headers } = await signer.sign()
      const sent = method === 'PUT' && {
        headers: { ...Object.fromEntries(headers), 'content-length': String(body.bytes) },
        body: body.content,
      }
      const answer = await request(url, { method, headers, dispatcher, ...sent }).catch((error) => {
        throw said(error)
      })
      if (answer.statusCode < 300) return read(answer.body)
      const text = await readS3Text(read(answer.body), MOST_REFUSAL).catch(() => '')
      const code = /<Code>(\w{1,100})<\/Code>/.exec(text ?? '')?.[1]
      if (answer.statusCode === 404 && method === 'GET' && code === 'NoSuchKey') return undefined
      throw new RefusedBackup(refusalOf(host, code, answer.statusCode))
    },
    close: () => dispatcher.destroy(),
  }
}

/**
 * Reads a body as text.
 * @returns undefined where it is longer than this many bytes.
 */
export async function readS3Text(
  body: AsyncIterable<Buffer>,
  most: number,
): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > most) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/**
 * Returns a text as the body of a request, with its length in bytes and the digest that is signed (AWS Signature
 * Version 4).
 */
export const textBody = (content: string): S3Body => ({
  content,
  bytes: Buffer.byteLength(content),
  sha256: createHash('sha256').update(content).digest('hex'),
})

/**
 * Makes a body of a file, which is read twice and never held in memory: once for its hash, and once while it is sent.
 */
export async function fileBody(file: string): Promise<S3Body> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  const { size } = await stat(file)
  return { content: createReadStream(file), bytes: size, sha256: hash.digest('hex') }
}

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message || error.name : String(error)

const HINTS: Record<string, string> = {
  InvalidAccessKeyId: 'vérifiez CAFE_IA_BACKUP_S3_KEY',
  SignatureDoesNotMatch: 'vérifiez CAFE_IA_BACKUP_S3_SECRET et CAFE_IA_BACKUP_S3_REGION',
  AuthorizationHeaderMalformed: 'vérifiez CAFE_IA_BACKUP_S3_REGION',
  AccessDenied: 'cette clé n’a pas le droit d’y lire, écrire et effacer',
  NoSuchBucket: 'le seau que nomme CAFE_IA_BACKUP_S3 n’existe pas',
  RequestTimeTooSkewed: 'l’horloge de cette machine n’est pas à l’heure',
}

function refusalOf(host: string, code: string | undefined, status: number): string {
  const hint = code && Object.hasOwn(HINTS, code) && HINTS[code]
  return `Le stockage ${host} a refusé (${code ?? `réponse ${status}`})${hint ? ` : ${hint}` : ''}.`
}
