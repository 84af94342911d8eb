import { connect } from 'node:tls'
import type { Config } from '../../config.ts'
import type { Certificate } from '../../domain/monitoring/trouble.ts'

const PATIENCE_MS = 10_000

/**
 * Reads the certificate of this site's own address, be it valid or not; undefined where it cannot be known: the address
 * is not https, requests leave by a proxy only, or this machine does not reach itself by its name.
 */
export async function readCertificate({
  origin,
  egressProxy,
}: Pick<Config, 'origin' | 'egressProxy'>): Promise<Certificate | undefined> {
  const { protocol, hostname, port } = new URL(origin)
  if (protocol !== 'https:' || egressProxy) return undefined
  return new Promise((resolve) => {
    const socket = connect(
      // A certificate that is over is to be seen too; nothing is sent.
      {
        host: hostname,
        servername: hostname,
        port: Number(port || 443),
        rejectUnauthorized: false,
      },
      () => {
        const { valid_from: from, valid_to: until } = socket.getPeerCertificate()
        resolve(from && until ? { from: toInstant(from), until: toInstant(until) } : undefined)
        socket.destroy()
      },
    )
    const giveUp = () => {
      socket.destroy()
      resolve(undefined)
    }
    socket.setTimeout(PATIENCE_MS, giveUp).on('error', giveUp)
  })
}

/** Node writes `Dec 30 12:00:00 2026 GMT`. */
const toInstant = (text: string): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(Date.parse(text))
