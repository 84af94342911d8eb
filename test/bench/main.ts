import { resolve } from 'node:path'
import { defineCommand, runMain } from 'citty'
import { readConfig } from '../../node/config.ts'
import { configureLog } from '../../node/server/log.ts'
import { setProcess } from '../../node/settings/process-settings.ts'
import { MESSAGE_KINDS } from './message-kinds.ts'
import { readCount, readKinds, readPercent, readSeconds } from './options.ts'

/** The helpers are imported on demand, so that a server does not load what only a bench needs. */
const helpers = () => import('./helpers.ts')

const { env } = process

const seconds = { type: 'string', default: '20', description: 'Seconds of each case' } as const

const data = {
  type: 'string',
  description: 'Folder that keeps the cafés for the next run',
} as const
const profile = {
  type: 'string',
  description: 'A folder for a CPU profile of the server',
} as const

/**
 * The commands of `npm run bench -- <name>`, whose figures are in docs/benchmarks.md. The hidden ones are the other
 * processes of the benches.
 */
const benches = {
  search: defineCommand({
    meta: { description: 'Every kind of search, over as many made-up cafés as one likes' },
    args: {
      cafes: { type: 'string', default: '1000000', description: 'How many cafés' },
      data,
      database: { type: 'string', description: 'postgres://… of an empty one, instead of a file' },
      seconds: { type: 'string', default: '10', description: 'Seconds of each load over HTTP' },
      turns: { type: 'string', default: '200', description: 'Searches of each kind' },
    },
    run: async ({ args }) =>
      (await import('./search.ts')).benchSearch({
        cafes: readCount('--cafes', args.cafes),
        data: args.data && resolve(args.data),
        turns: readCount('--turns', args.turns),
        seconds: readSeconds('--seconds', args.seconds),
        database: args.database,
      }),
  }),
  inbox: defineCommand({
    meta: { description: 'Signed mail from many servers: how much of it is kept per second' },
    args: {
      seconds,
      senders: { type: 'string', default: '200', description: 'Members that write' },
      connections: { type: 'string', default: '24', description: 'At once' },
      cases: {
        type: 'string',
        default: MESSAGE_KINDS.join(','),
        description: 'Which, separated by commas',
      },
      profile,
      database: { type: 'string', description: 'postgres://… of an empty one, instead of a file' },
    },
    run: async ({ args }) =>
      (await import('./inbox.ts')).benchInbox({
        seconds: readSeconds('--seconds', args.seconds),
        senders: readCount('--senders', args.senders),
        connections: readCount('--connections', args.connections),
        kinds: readKinds('--cases', args.cases),
        profile: args.profile,
        database: args.database,
      }),
  }),
  scale: defineCommand({
    meta: { description: 'Mail and pages by one process and by several, on one PostgreSQL' },
    args: {
      database: { type: 'string', required: true, description: 'postgres://… of an empty one' },
      processes: { type: 'string', default: '1,2,4', description: 'How many, one after the other' },
      seconds: { ...seconds, default: '10' },
      senders: { type: 'string', default: '200', description: 'Members that write' },
      connections: { type: 'string', default: '24', description: 'At once' },
    },
    run: async ({ args }) =>
      (await import('./scale.ts')).benchScale({
        database: args.database,
        processes: args.processes.split(',').map((text) => readCount('--processes', text)),
        seconds: readSeconds('--seconds', args.seconds),
        senders: readCount('--senders', args.senders),
        connections: readCount('--connections', args.connections),
      }),
  }),
  writes: defineCommand({
    meta: { description: 'Cafés that programs with one token write by the API, on PostgreSQL' },
    args: {
      database: { type: 'string', required: true, description: 'postgres://… of an empty one' },
      clients: { type: 'string', default: '32', description: 'At once' },
      seconds: { ...seconds, default: '10' },
      profile,
    },
    run: async ({ args }) =>
      (await import('./writes.ts')).benchWrites({
        database: args.database,
        clients: readCount('--clients', args.clients),
        seconds: readSeconds('--seconds', args.seconds),
        profile: args.profile,
      }),
  }),
  backfill: defineCommand({
    meta: { description: 'A directory reads the whole of one place, killed in the middle' },
    args: { cafes: { type: 'string', default: '10000', description: 'Cafés of the place' } },
    run: async ({ args }) =>
      (await import('./backfill.ts')).benchBackfill({ cafes: readCount('--cafes', args.cafes) }),
  }),
  fanout: defineCommand({
    meta: { description: 'One café to many followers, while somebody reads' },
    args: {
      followers: { type: 'string', default: '1000', description: 'Each with an inbox of its own' },
      hosts: { type: 'string', default: '300', description: 'Servers that they are on' },
      quiet: { type: 'string', default: '5', description: 'Seconds before, to compare with' },
      dead: { type: 'string', default: '5', description: 'How many in a hundred never answer' },
      profile,
    },
    run: async ({ args }) =>
      (await import('./fanout.ts')).benchFanout({
        followers: readCount('--followers', args.followers),
        hosts: readCount('--hosts', args.hosts),
        deadShare: readPercent('--dead', args.dead) / 100,
        quiet: readSeconds('--quiet', args.quiet),
        profile: args.profile,
      }),
  }),
  pages: defineCommand({
    meta: { description: 'Pages that are kept and pages that are made, beside bare Hono' },
    args: {
      role: {
        type: 'enum',
        options: ['hub', 'node'] as ('hub' | 'node')[],
        default: 'hub',
        description: 'Whose',
      },
      cafes: { type: 'string', default: '20000', description: 'How many cafés' },
      data,
      seconds: { ...seconds, default: '5' },
      rounds: { type: 'string', default: '3', description: 'How often each case has its turn' },
      profile,
    },
    run: async ({ args }) =>
      (await import('./pages.ts')).benchPages({
        role: args.role,
        cafes: readCount('--cafes', args.cafes),
        data: args.data && resolve(args.data),
        seconds: readSeconds('--seconds', args.seconds),
        rounds: readCount('--rounds', args.rounds),
        profile: args.profile,
      }),
  }),
  people: defineCommand({
    meta: { description: 'Every kind of search for people at a directory' },
    args: {
      people: { type: 'string', default: '20000', description: 'How many profiles' },
      turns: { type: 'string', default: '100', description: 'Questions of each kind' },
      database: { type: 'string', description: 'postgres://… of an empty one, instead of a file' },
    },
    run: async ({ args }) =>
      (await import('./facilitators.ts')).benchFacilitators({
        people: readCount('--people', args.people),
        turns: readCount('--turns', args.turns),
        database: args.database,
      }),
  }),
  registrations: defineCommand({
    meta: { description: 'People who register at twenty cafés, with their mails queued' },
    args: {
      people: { type: 'string', default: '2000', description: 'Who register' },
      database: { type: 'string', description: 'postgres://… of an empty database' },
    },
    run: async ({ args }) =>
      (await import('./registrations.ts')).benchRegistrations({
        people: readCount('--people', args.people),
        database: args.database,
      }),
  }),
  series: defineCommand({
    meta: { description: 'Planning and announcing 400 dates, and one night of many series' },
    args: {
      series: { type: 'string', default: '10000', description: 'Of which a date is made each' },
      turns: { type: 'string', default: '50', description: 'Seasons that are planned' },
      database: { type: 'string', description: 'postgres://… of an empty one, instead of a file' },
    },
    run: async ({ args }) =>
      (await import('./series.ts')).benchSeries({
        series: readCount('--series', args.series),
        turns: readCount('--turns', args.turns),
        database: args.database,
      }),
  }),
  start: defineCommand({
    meta: { description: 'From the command to the first page; what a server takes at rest' },
    args: {
      cafes: { type: 'string', default: '20000', description: 'Of the directory' },
      data,
      starts: { type: 'string', default: '7', description: 'How often each starts' },
      rest: { type: 'string', default: '60', description: 'Seconds at rest' },
    },
    run: async ({ args }) =>
      (await import('./start-bench.ts')).benchStart({
        cafes: readCount('--cafes', args.cafes),
        data: args.data && resolve(args.data),
        starts: readCount('--starts', args.starts),
        rest: readSeconds('--rest', args.rest),
      }),
  }),
  backup: defineCommand({
    meta: { description: 'Pages while the nightly backup is made, beside a quiet hour' },
    args: {
      cafes: { type: 'string', default: '100000', description: 'How many cafés' },
      data,
      quiet: { type: 'string', default: '20', description: 'Seconds before, to compare with' },
    },
    run: async ({ args }) =>
      (await import('./backup.ts')).benchBackup({
        cafes: readCount('--cafes', args.cafes),
        data: args.data && resolve(args.data),
        quiet: readSeconds('--quiet', args.quiet),
      }),
  }),
  crash: defineCommand({
    meta: { description: 'Killed again and again under mail: what is lost, when it is back' },
    args: {
      rounds: { type: 'string', default: '20', description: 'How often it is killed' },
      senders: { type: 'string', default: '50', description: 'Members that write' },
      deaths: {
        type: 'string',
        default: '40',
        description: 'Of each work that is done once: migrations, a withdrawal, backup, restore',
      },
    },
    run: async ({ args }) =>
      (await import('./crash.ts')).benchCrash({
        deaths: readCount('--deaths', args.deaths),
        rounds: readCount('--rounds', args.rounds),
        senders: readCount('--senders', args.senders),
      }),
  }),
  killed: defineCommand({
    meta: { hidden: true, description: 'A work that is killed at one of its steps' },
    args: {
      work: { type: 'positional', required: true },
      folder: { type: 'positional', required: true },
      at: { type: 'positional', required: true },
    },
    run: async ({ args }) =>
      (await import('./killed.ts')).workUntilKilled(args.work, args.folder, Number(args.at)),
  }),
  server: defineCommand({
    meta: { hidden: true, description: 'A server, asked by messages' },
    run: async () => (await helpers()).serveForBench(readConfig(env)),
  }),
  sender: defineCommand({
    meta: {
      hidden: true,
      description: 'Makes and sends requests with activities, told by messages',
    },
    run: async () => untilLetGo((await helpers()).sendForBench),
  }),
  floor: defineCommand({
    meta: { hidden: true, description: 'HTTP and nothing else' },
    run: async () => {
      const { serveFloor } = await helpers()
      await untilLetGo(() => serveFloor(Number(env.PORT)))
    },
  }),
  hono: defineCommand({
    meta: { hidden: true, description: 'Hono and nothing else: one text, always the same' },
    run: async () =>
      (await import('./hono-floor.ts')).serveHono({ port: Number(env.PORT), file: env.BODY ?? '' }),
  }),
  receiver: defineCommand({
    meta: { hidden: true, description: 'Many servers that take mail, and some that do not' },
    run: async () => {
      const { serveReceivers } = await helpers()
      await untilLetGo(() => serveReceivers(Number(env.PORT), new Set((env.DEAD ?? '').split(','))))
    },
  }),
}

/** Does the work until the process that started this one disconnects. */
async function untilLetGo(work: () => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.once('disconnect', resolve)
  work()
  await promise
}

setProcess()
await configureLog('info')
await runMain(
  defineCommand({
    meta: { name: 'bench', description: 'Measures this program on this machine' },
    subCommands: benches,
  }),
)
