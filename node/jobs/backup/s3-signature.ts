import { createHash, createHmac } from 'node:crypto'

/** What an S3-compatible storage knows of whoever asks (AWS Signature Version 4). */
export type S3Login = { keyId: string; secret: string; region: string }

type Unsigned = {
  method: string
  /** Its path and its query are signed as they are written: nothing but letters, figures and `-._~/` in the path. */
  url: URL
  /** SHA-256 of the body, hexadecimal. */
  bodyHash: string
  now: Temporal.Instant
}

const SCOPE_END = 'aws4_request'
const SIGNED = 'host;x-amz-content-sha256;x-amz-date'

/** The headers that sign a request to S3, by its host, its body and the time. */
export function signS3Request(
  { method, url, bodyHash, now }: Unsigned,
  { keyId, secret, region }: S3Login,
): Record<string, string> {
  const time = now.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')
  const scope = [time.slice(0, 8), region, 's3', SCOPE_END].join('/')
  const canonical = [
    method,
    url.pathname,
    canonicalQuery(url),
    `host:${url.host}`,
    `x-amz-content-sha256:${bodyHash}`,
    `x-amz-date:${time}`,
    '',
    SIGNED,
    bodyHash,
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, scope, hashText(canonical)].join('\n')
  const key = scope
    .split('/')
    .reduce<string | Buffer>(
      (key, part) => createHmac('sha256', key).update(part).digest(),
      `AWS4${secret}`,
    )
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  return {
    'x-amz-date': time,
    'x-amz-content-sha256': bodyHash,
    authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${SIGNED}, Signature=${signature}`,
  }
}

const canonicalQuery = ({ searchParams }: URL): string =>
  [...searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex')
