import { CAFES } from '../../federation/wire/uris.ts'
import { ensureOrganization } from '../../node/commands/sign-in-link.ts'
import { createApiToken } from '../../node/commands/token.ts'
import { readConfig } from '../../node/config.ts'
import { saveFollower } from '../../node/store/feeds/followers.ts'
import { openDatabase } from '../../node/store/open-database.ts'
import { freePort } from '../support/ports.ts'
import type { Arrivals, Gauge } from './helpers.ts'
import { formatNumber, megabytes, percentile, type Samples } from './measures.ts'
import { type Helper, startHelper } from './processes.ts'
import { pause, report, timePages, until, withStage } from './stage.ts'
import { machineText, markdownTable } from './table.ts'

/** `quiet` is the number of seconds before the delivery, in which a visitor only reads. */
export type FanoutBench = {
  followers: number
  hosts: number
  deadShare: number
  quiet: number
  /** The folder for a CPU profile of the server; undefined means none. */
  profile: string | undefined
}

/**
 * Delivers a café, then another, to many followers on many servers, some of which accept the connection and never
 * answer, while a visitor reads. With the first one a server has just begun.
 */
export const benchFanout = (options: FanoutBench): Promise<void> =>
  withStage((folder, helpers) => run(folder, options, helpers))

/** The most seconds for everything, including retries to the dead servers. */
const LIMIT_S = 300

async function run(
  folder: string,
  { followers, hosts, deadShare, quiet: quietSeconds, profile }: FanoutBench,
  helpers: Helper[],
): Promise<void> {
  const port = await freePort(2)
  const receiverPort = port + 1
  const origin = `http://127.0.0.1:${port}`
  const env = {
    CAFE_IA_ROLE: 'node',
    CAFE_IA_ORIGIN: origin,
    CAFE_IA_PORT: String(port),
    CAFE_IA_DATA: folder,
    CAFE_IA_ALLOW_LOOPBACK: '1',
    CAFE_IA_LOG: 'fatal',
  }
  const config = readConfig(env)
  const now = () => Temporal.Now.instant()
  const db = await openDatabase(`${folder}/cafe-ia.sqlite`)
  await ensureOrganization({ db, config, now })
  const token = await createApiToken({ db, now }, 'bench')
  const dead: string[] = []
  let alive = 0
  for (let number = 0; number < followers; number++) {
    const host = number % hosts
    const address = `127.1.${Math.floor(host / 250)}.${1 + (host % 250)}`
    const isDead = host < hosts * deadShare
    if (!isDead) alive++
    else if (number < hosts) dead.push(address)
    const uri = `http://${address}:${receiverPort}/users/${number}`
    await saveFollower(
      db,
      {
        actor: CAFES,
        uri,
        inbox: `${uri}/inbox`,
        sharedInbox: undefined,
        followId: `${uri}#follow`,
      },
      now(),
    )
  }
  await db.destroy()
  const receiver = await startHelper('receiver', {
    env: { PORT: String(receiverPort), DEAD: dead.join(',') },
  })
  const server = await startHelper('server', { env, profile })
  helpers.push(receiver, server)
  await timePages(origin, 2)
  const quiet = await timePages(origin, quietSeconds)
  const before = percentile(quiet, 0.99)
  const rounds: Delivered[] = []
  for (const name of ['first', 'second']) {
    report(`publishing the ${name} café for ${followers.toLocaleString('en')} followers`)
    rounds.push(await deliver(origin, { token, alive, receiver, server }))
  }
  await pause(200)
  await server.stop()
  const row = (name: string, value: (delivered: Delivered) => string) => [
    name,
    ...rounds.map(value),
  ]
  process.stdout.write(
    `${[
      `Two cafés, one after the other, to ${followers.toLocaleString('en')} followers on ${hosts} servers, ${dead.length} of which take the connection and never answer. Pages take ${formatNumber(before)} ms at p99 before. ${machineText()}`,
      markdownTable(
        ['', 'the first since the start', 'the second'],
        [
          row('publish click → answer, ms', ({ published }) => formatNumber(published)),
          row(
            'reached, of those that live',
            ({ times, repeated }) => `${times.length} of ${alive}, ${repeated} twice`,
          ),
          row('half of them after, s', ({ times }) => formatNumber(percentile(times, 0.5))),
          row('95 % after, s', ({ times }) => formatNumber(percentile(times, 0.95))),
          row('all after, s', ({ times }) => formatNumber(Math.max(...times))),
          row('page p99 meanwhile, ms', ({ pages }) => formatNumber(percentile(pages, 0.99))),
          row('CPU ms per delivery, pages included', ({ gauge, times }) =>
            formatNumber((gauge.cpuSeconds * 1000) / times.length),
          ),
          row('loop lag p99, ms', ({ gauge }) => formatNumber(gauge.lagP99)),
          row('MB', ({ gauge }) => megabytes(gauge.memory)),
        ],
      ),
    ].join('\n\n')}\n`,
  )
}

/** `times` are the seconds from the publication to each arrival, `pages` milliseconds. */
type Delivered = {
  published: number
  times: Samples
  repeated: number
  pages: Samples
  gauge: Gauge
}

/** Publishes one café, and reads pages until all servers that live have it. */
async function deliver(
  origin: string,
  {
    token,
    alive,
    receiver,
    server,
  }: { token: string; alive: number; receiver: Helper; server: Helper },
): Promise<Delivered> {
  const earlier = await receiver.ask<Arrivals>('how')
  await server.ask<Gauge>('how')
  const began = Date.now()
  const clicked = performance.now()
  await publish(origin, token)
  const published = performance.now() - clicked
  let isOver = false
  const pages = (async () => {
    const samples: number[] = []
    while (!isOver) samples.push(...(await timePages(origin, 0.5)))
    return samples
  })()
  let arrivals: Arrivals = []
  await until(async () => {
    arrivals = (await receiver.ask<Arrivals>('how')).slice(earlier.length)
    return arrivals.length >= alive || Date.now() - began > LIMIT_S * 1000
  }, 250)
  isOver = true
  return {
    published,
    times: arrivals.map(({ at }) => (at - began) / 1000),
    repeated: arrivals.length - new Set(arrivals.map(({ path }) => path)).size,
    pages: await pages,
    gauge: await server.ask<Gauge>('how'),
  }
}

async function publish(origin: string, token: string): Promise<void> {
  const day = Temporal.Now.plainDateISO('Europe/Paris').add({ days: 14 })
  const response = await fetch(`${origin}/api/v1/cafes`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      title: 'Café IA : premières questions',
      descriptionMarkdown: 'On **parle**.',
      startsAt: `${day}T18:30:00`,
      timezone: 'Europe/Paris',
      venue: { name: 'Médiathèque', streetAddress: '1 place', postalCode: '26150', commune: 'Die' },
      registration: { mode: 'none', capacity: 15 },
    }),
  })
  if (response.status !== 201) throw new Error(`publishing was answered ${response.status}`)
}
