import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whyNotHere } from '../peers/rig/availability.ts'
import { type Namespace, openNamespace } from '../peers/rig/namespace.ts'
import { MAIN } from '../support/built-program.ts'

/**
 * Checks the guard as in production, without any loopback allowed: real names, certificates and addresses, in a network
 * of its own in which every private address answers. Hostile cases S01 to S04, S07, S11 and P17.
 */

const KIT = fileURLToPath(new URL('kit/names.ts', import.meta.url))
const PORT = 8101
const EVIL = Array.from({ length: 20 }, (_, i) => `a${i}.evil.test`)
const HOSTS = [
  'honest.test',
  ...EVIL,
  'loop4.inside.test=127.0.0.1',
  'loop6.inside.test=::1',
  'private4.inside.test=10.0.0.1',
  'private6.inside.test=fd00::1',
  'shared.inside.test=100.64.0.1',
  'metadata.inside.test=169.254.169.254',
  'mapped.inside.test=::ffff:127.0.0.1',
]
/** Internal addresses, which belong to the test inside its network: a connection to one of them would be recorded. */
const INSIDE = [
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '192.0.2.1',
  '198.18.0.1',
  '240.0.0.1',
  'fd00::1',
]
/** Inside, this file is mounted over that of the machine; without the mount, the command writes nothing. */
const ASK_THE_NAME_SERVER =
  'grep -q " /etc/nsswitch.conf " /proc/self/mountinfo && echo "hosts: files dns" >/etc/nsswitch.conf'
/** The first host without a chosen address gets this one. */
const PUBLIC = '2e00::10'

/** `nodad` makes an IPv6 address usable at once, without the second of duplicate address detection. */
const lengthOf = (address: string) =>
  address.includes(':') ? [`${address}/128`, 'nodad'] : [`${address}/32`]

type Attempts = { replies: Record<string, number>; connections: Record<string, number> }
type Result = Record<
  'honest' | 'literal' | 'named' | 'redirected' | 'rebinding' | 'both',
  Attempts
> & {
  dialled: string[]
  asked: Record<string, number>
  quota: { taken: number; told: number; slowest: number; neighbour: number }
}

describe.skipIf(whyNotHere())(
  'in a network with names, where every private address answers',
  () => {
    const rig = new AsyncDisposableStack()
    afterAll(() => rig.disposeAsync())

    let network: Namespace
    let result: Result
    let database: string
    beforeAll(async () => {
      network = rig.use(await openNamespace(HOSTS))
      const nameServer =
        /^nameserver\s+(\S+)/m.exec(readFileSync('/etc/resolv.conf', 'utf8'))?.[1] ?? '127.0.0.1'
      const isLoopback = /^127\.|^::1$/.test(nameServer)
      for (const address of isLoopback ? INSIDE : [...INSIDE, nameServer])
        await network.run({ argv: ['ip', 'addr', 'add', ...lengthOf(address), 'dev', 'lo'] })
      await network.run({ argv: ['bash', '-c', ASK_THE_NAME_SERVER] })
      const data = join(network.folder, 'data')
      database = join(data, 'cafe-ia.sqlite')
      rig.use(
        network.start('hub', {
          argv: [process.execPath, MAIN, 'start'],
          env: {
            CAFE_IA_ROLE: 'hub',
            CAFE_IA_ORIGIN: 'https://hub.test',
            CAFE_IA_PORT: String(PORT),
            CAFE_IA_DATA: data,
            NODE_EXTRA_CA_CERTS: network.authority,
          },
        }),
      )
      const { certificate, certificateKey } = network
      const words = [String(PORT), certificate, certificateKey, PUBLIC, nameServer, ...INSIDE]
      const said = await network.run({ argv: [process.execPath, KIT, ...words] })
      result = JSON.parse(said)
    }, 120_000)

    const isPublic = (place: string) => place.startsWith('2e00:')
    const onlyOutside = ({ connections }: Attempts) =>
      Object.keys(connections).filter((place) => !isPublic(place))

    test('the test notices each connection to a private address', () => {
      expect(result.dialled).toEqual(['127.0.0.1', '::1', ...INSIDE].map((host) => `${host} 443`))
    })

    test('an actor with a public name is heard', () => {
      expect(Object.values(result.honest.replies)).toEqual([202])
      expect(Object.keys(result.honest.connections).every(isPublic)).toBe(true)
    })

    test('S01–S04 special addresses in a key’s id are refused without one connection', () => {
      expect(new Set(Object.values(result.literal.replies))).toEqual(new Set([401]))
      expect(result.literal.connections).toEqual({})
    })

    test('names that lead to them are refused without one connection', () => {
      expect(new Set(Object.values(result.named.replies))).toEqual(new Set([401]))
      expect(result.named.connections).toEqual({})
    })

    test('S08, S11 redirects to them, to http or to a file lead nowhere', () => {
      expect(new Set(Object.values(result.redirected.replies))).toEqual(new Set([401]))
      expect(onlyOutside(result.redirected)).toEqual([])
    })

    test('S07 a name that is public at the first look and private at the next is never followed inside', () => {
      expect(result.asked['rebind.test']).toBeGreaterThan(2)
      expect(Object.values(result.rebinding.replies).slice(1)).toEqual([401, 401])
      expect(onlyOutside(result.rebinding)).toEqual([])
    })

    test('a name that is public and private at once is refused whole', () => {
      expect(result.asked['both.test']).toBeGreaterThan(0)
      expect(Object.values(result.both.replies)).toEqual([401])
      expect(result.both.connections).toEqual({})
    })

    test('P17 the quota of first contacts is that of the registered domain, however many names it has', () => {
      const { taken, told, neighbour } = result.quota
      expect(taken).toBe(100)
      expect(told).toBe(1400)
      expect(neighbour).toBe(202)
      const db = new SQLite(database, { readonly: true })
      const [row] = db
        .prepare("select count(*) as total from follower where host like '%.evil.test'")
        .all()
      db.close()
      expect(row).toEqual({ total: 100 })
    })

    test('the server still answers afterwards', () => {
      expect(network.fallen).toEqual([])
    })
  },
)
