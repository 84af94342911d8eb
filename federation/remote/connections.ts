import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent, request } from 'undici'
import {
  type AllowLoopback,
  isAllowedLoopback,
  isLoopbackAddress,
  isPublicAddress,
} from './addresses.ts'
import { EgressError } from './egress-error.ts'
import { type PostRequest, type PostResponse, postBy } from './post.ts'
import { problemOf } from './targets.ts'

const CONNECT_MS = 5_000
const CONNECTIONS_PER_HOST = 2

export type ConnectionOptions = {
  allow: AllowLoopback
  /** The operator's own proxy. When it is set, only the proxy is connected to directly, and it resolves the names. */
  proxy: URL | undefined
  /** The resolver; the system's (with its hosts file) when undefined. */
  lookup?: LookupFunction | undefined
  /** How long the headers of an answer, and each part of it, may take, in milliseconds. */
  patienceMs: number
}

export type Connections = {
  /** Sends one request and follows no redirect. */
  send(
    target: URL,
    options: Pick<Dispatcher.RequestOptions, 'method' | 'signal'> & {
      headers: Record<string, string>
    },
  ): Promise<Dispatcher.ResponseData>
  /** Posts a body and reads the answer, as `postBy` says. */
  post(target: URL, call: PostRequest): Promise<PostResponse>
  close(): Promise<void>
}

/** Makes the pool of connections to other servers, each of them to an address that may be reached. */
export function createConnections(options: ConnectionOptions): Connections {
  const dispatcher = options.proxy
    ? dispatcherByProxy(options.proxy, options)
    : directDispatcher(options)
  return {
    send: async (target, call) => {
      const answer = await request(target, { ...call, dispatcher })
      answer.body.on('error', () => undefined)
      return answer
    },
    post: (target, call) => postBy(dispatcher, target, call),
    close: () => dispatcher.destroy(),
  }
}

/**
 * Connects only to addresses that the same look-up has checked, so that no second look-up can return another (DNS
 * rebinding).
 */
function directDispatcher({ allow, lookup = systemLookup, patienceMs }: ConnectionOptions): Agent {
  const connectorFor = (allowed: (address: string) => boolean) =>
    buildConnector({ timeout: CONNECT_MS, lookup: checkedLookup(lookup, allowed) })
  const toPublic = connectorFor(isPublicAddress)
  const toPublicOrLoopback = connectorFor(
    (address) => isPublicAddress(address) || isLoopbackAddress(address),
  )
  return new Agent({
    connections: CONNECTIONS_PER_HOST,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
    connect: (options, callback) => {
      const url = new URL(`${options.protocol}//${options.host ?? options.hostname}`)
      const problem = problemOf(url, allow)
      if (problem) return callback(problem, null)
      const loopback = allow === 'all' || isAllowedLoopback(url, allow)
      const connect = loopback ? toPublicOrLoopback : toPublic
      return connect(options, callback)
    },
  })
}

/**
 * Returns a look-up that refuses a name when one of its addresses is forbidden: no public server lists private
 * addresses.
 */
const checkedLookup =
  (lookup: LookupFunction, allowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const addresses = Array.isArray(found) ? found : []
      const [first] = addresses
      if (!first || addresses.some(({ address }) => !allowed(address)))
        return callback(
          new EgressError('blocked_address', `${hostname} is not a public server`),
          '',
        )
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
    })

function dispatcherByProxy(proxy: URL, { patienceMs }: ConnectionOptions): ProxyAgent {
  return new ProxyAgent({
    uri: proxy.href,
    connections: CONNECTIONS_PER_HOST,
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
    requestTls: { timeout: CONNECT_MS },
    proxyTls: { timeout: CONNECT_MS },
    clientFactory: (origin, options) =>
      new Pool(origin, { ...options, headersTimeout: patienceMs }),
  })
}
