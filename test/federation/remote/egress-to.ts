import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { AllowLoopback } from '../../../federation/remote/addresses.ts'
import { createEgress } from '../../../federation/remote/egress.ts'
import { EgressError } from '../../../federation/remote/egress-error.ts'
import type { Egress } from '../../../federation/services.ts'
import {
  LOOPBACK_CERTIFICATE,
  type LoopbackServer,
  startLoopbackServer,
} from '../../support/loopback-server.ts'

export const AGENT = 'CafeIA/0.1 (+https://cafes.example)'
export const opened: { close(): Promise<void> }[] = []

export async function serve(
  ...given: Parameters<typeof startLoopbackServer>
): Promise<LoopbackServer> {
  const server = await startLoopbackServer(...given)
  opened.push(server)
  return server
}

export function egressTo(
  allow: AllowLoopback | LoopbackServer[],
  more: Partial<Parameters<typeof createEgress>[0]> = {},
): Egress {
  const egress = createEgress({
    allow: Array.isArray(allow)
      ? new Set(allow.map(({ origin }) => origin))
      : (allow as AllowLoopback),
    proxy: undefined,
    userAgent: AGENT,
    ...more,
  })
  opened.push(egress)
  return egress
}

export const failure = async (work: Promise<unknown>): Promise<EgressError> => {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(EgressError)
  return error as EgressError
}

export const plain = { accept: '*/*' }

/** Lets the tests of a file trust the certificate of the loopback servers, and closes each client afterwards. */
export function useEgress(): void {
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((thing) => thing.close()))
  })
  const trusted = getCACertificates('default')
  beforeAll(() => setDefaultCACertificates([...trusted, LOOPBACK_CERTIFICATE]))
  afterAll(() => setDefaultCACertificates(trusted))
}
