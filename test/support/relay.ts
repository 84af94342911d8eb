import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail as the relay received it. */
type Taken = { from: string; to: string[]; raw: string }

export type Relay = {
  /** The value for `CAFE_IA_SMTP_URL`. */
  url: string
  taken: Taken[]
  /** Sets its answers to the next recipients, one each; after them it accepts all. */
  refuseNext: (...answers: number[]) => void
  stop: () => Promise<void>
}

/** Starts a real SMTP server on loopback. */
export async function startRelay(): Promise<Relay> {
  const taken: Taken[] = []
  const refusals: number[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    onRcptTo(_address, _session, callback) {
      const responseCode = refusals.shift()
      if (responseCode === undefined) return callback()
      callback(Object.assign(new Error('not this one'), { responseCode }))
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        })
        callback()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    taken,
    refuseNext: (...answers) => refusals.push(...answers),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Returns one header, unfolded (RFC 5322 §2.2.3). */
export const headerOf = (raw: string, name: string): string | undefined =>
  headersOf(raw)
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    ?.slice(name.length + 1)
    .trim()

export const headersOf = (raw: string): string[] =>
  (raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n')

/** Returns the plain text of a mail, decoded. */
export const textOfMail = (raw: string): string => partOfMail(raw, 'text/plain') ?? ''

/** Returns the first part of a mail of this type, decoded; undefined where it has none. */
export function partOfMail(raw: string, type: string): string | undefined {
  const said = headerOf(raw, 'content-type') ?? 'text/plain'
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4)
  const boundary = /boundary="([^"]+)"/.exec(said)?.[1]
  if (boundary !== undefined)
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .map((part) => partOfMail(part.replace(/^\r\n/, ''), type))
      .find((part) => part !== undefined)
  return said.startsWith(type) ? decode(raw, body.replace(/\r\n$/, '')) : undefined
}

function decode(raw: string, body: string): string {
  if (headerOf(raw, 'content-transfer-encoding') === 'base64')
    return Buffer.from(body, 'base64').toString('utf8')
  if (headerOf(raw, 'content-transfer-encoding') !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
