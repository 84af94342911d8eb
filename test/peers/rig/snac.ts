import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Namespace } from './namespace.ts'
import { eventually, visit } from './visit.ts'

/** A person's account on a snac2 server, as that person uses it. */
export type SnacAccount = {
  follow(address: string): Promise<void>
  unfollow(actorUri: string): Promise<void>
  /** The words of the page that shows what the people followed have posted. */
  readTimeline(): Promise<string>
  /** What the server says about its work. */
  readLog(): Promise<string>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Of messages that come at the same moment, snac2 2.75 loses one now and then: its log says `enqueue_input`, and nothing
 * after; so it does with what any other program posts in pairs, on a busy machine. What is read on it is tried anew, from
 * an empty server.
 */
export const TRIED_ANEW = { retry: 2, timeout: 300_000 }

/** The unprivileged account that Debian's package brings; snac does not want root. */
const SYSTEM_USER = 'debian-snac'
const LOGIN = 'alice'

/**
 * Sets up a snac2 server at https://<host>, behind the proxy, with the one account `alice`; with a shared inbox if it
 * `sharesInbox`, which a snac2 has only where its operator wants one.
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
      // With a parameter, snac makes the page anew; else it may show one that is a second too old.
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
 * Debian's snac2 2.75-2 writes a few bytes of its memory after the END line of a new account's keys; other
 * servers then refuse its signature. Keys made by the versions before and after are clean.
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
