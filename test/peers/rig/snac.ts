import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Namespace } from './namespace.ts'
import { eventually, visit } from './visit.ts'

/** A person's account on a snac2 server, with the actions of that person. */
export type SnacAccount = {
  follow(address: string): Promise<void>
  unfollow(actorUri: string): Promise<void>
  /** Returns the text of the page with the posts of the followed people. */
  readTimeline(): Promise<string>
  /** Returns the log of the server. */
  readLog(): Promise<string>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Options of tests with snac2 2.75, which now and then loses one of several messages that arrive at the same moment:
 * its log contains `enqueue_input` and nothing after it. On a busy machine this happens with any program that posts in
 * pairs. Such a test is repeated with an empty server.
 */
export const TRIED_ANEW = { retry: 2, timeout: 300_000 }

/** The unprivileged account of Debian's package; snac refuses to run as root. */
const SYSTEM_USER = 'debian-snac'
const LOGIN = 'alice'

/**
 * Sets up a snac2 server at https://<host>, behind the proxy, with the one account `alice`. It has a shared inbox only
 * if it `sharesInbox`, which an operator must choose.
 */
export async function startSnac(
  network: Namespace,
  { host, port, sharesInbox }: { host: string; port: number; sharesInbox?: boolean },
): Promise<SnacAccount> {
  const folder = join(network.folder, `snac-${host}`)
  const data = join(folder, 'data')
  const snac = (args: readonly string[], input?: string) =>
    network.run({ argv: ['snac', ...args], user: SYSTEM_USER }, input)

  await network.run({ argv: ['install', '-d', '-o', SYSTEM_USER, '-g', SYSTEM_USER, folder] })
  await snac(['init', data], `127.0.0.1\n${port}\n${host}\n\n\n`)
  const options = { dbglevel: 1, queue_retry_minutes: 0 }
  await setOptions(join(data, 'server.json'), { ...options, shared_inboxes: sharesInbox === true })
  const password = /password is (\S+)/.exec(await snac(['adduser', data, LOGIN], `${LOGIN}\n`))?.[1]
  if (!password) throw new Error('snac adduser did not say the password')
  await mendKeys(join(data, 'user', LOGIN, 'key.json'))

  const daemon = network.start(host, { argv: ['snac', 'httpd', data], user: SYSTEM_USER })
  await eventually(network, 'snac answers WebFinger over TLS', async () => {
    const resource = encodeURIComponent(`acct:${LOGIN}@${host}`)
    const url = `https://${host}/.well-known/webfinger?resource=${resource}`
    return (await visit(network, { url })).status === 200
  })

  const authorization = `Basic ${Buffer.from(`${LOGIN}:${password}`).toString('base64')}`
  return {
    follow: async (address) => void (await snac(['follow', data, LOGIN, address])),
    unfollow: async (actorUri) => void (await snac(['unfollow', data, LOGIN, actorUri])),
    async readTimeline() {
      // With a parameter, snac renders the page anew; without one, it may return a copy that is a second old.
      const url = `https://${host}/${LOGIN}/admin?skip=0`
      const page = await visit(network, { url, headers: { authorization } })
      if (page.status !== 200) throw new Error(`snac answered ${page.status} to its own account`)
      return wordsOf(page.body)
    },
    readLog: () => readFile(daemon.log, 'utf8'),
    [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose](),
  }
}

async function setOptions(file: string, options: Record<string, number | boolean>): Promise<void> {
  const settings: object = JSON.parse(await readFile(file, 'utf8'))
  await writeFile(file, JSON.stringify({ ...settings, ...options }))
}

/**
 * Repairs the keys of a new account. Debian's snac2 2.75-2 writes a few bytes of its memory after their END line, and
 * other servers then refuse its signature. The versions before and after do not have this fault.
 */
async function mendKeys(file: string): Promise<void> {
  const keys = await readFile(file, 'latin1')
  const mended = keys.replace(/(-----END [A-Z ]*KEY-----)\\n[^"]*"/g, '$1\\n"')
  await writeFile(file, mended, 'latin1')
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

function wordsOf(html: string): string {
  return html
    .replace(/<(style|script|form)\b.*?<\/\1>/gs, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(\w+|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity)
    .replace(/\s+/g, ' ')
}
