import { defineCommand } from 'citty'
import { readConfig } from '../../config.ts'
import { benchBackfill } from './backfill.ts'
import { benchFanout } from './fanout.ts'
import { sendForBench, serveFloor, serveForBench, serveReceivers } from './helpers.ts'
import { benchInbox } from './inbox.ts'
import { LETTER_KINDS } from './letters.ts'

type Environment = Record<string, string | undefined>

const seconds = { type: 'string', default: '20', description: 'Seconds of each case' } as const

/** `cafe-ia bench …`: figures for docs/benchmarks.md. The hidden ones are the benches' own other processes. */
export const protocolBenches = (env: Environment) => ({
  inbox: defineCommand({
    meta: { description: 'Signed mail from many servers: how much of it is kept per second' },
    args: {
      seconds,
      senders: { type: 'string', default: '200', description: 'Members that write' },
      connections: { type: 'string', default: '24', description: 'At once' },
      cases: {
        type: 'string',
        default: LETTER_KINDS.join(','),
        description: 'Which, separated by commas',
      },
      profile: { type: 'string', description: 'A folder for a CPU profile of the server' },
    },
    run: ({ args }) =>
      benchInbox({
        seconds: Number(args.seconds),
        senders: Number(args.senders),
        connections: Number(args.connections),
        kinds: LETTER_KINDS.filter((kind) => args.cases.split(',').includes(kind)),
        profile: args.profile,
      }),
  }),
  backfill: defineCommand({
    meta: { description: 'A directory reads the whole of one place, killed in the middle' },
    args: { cafes: { type: 'string', default: '10000', description: 'Cafés of the place' } },
    run: ({ args }) => benchBackfill({ cafes: Number(args.cafes) }),
  }),
  fanout: defineCommand({
    meta: { description: 'One café to many followers, while somebody reads' },
    args: {
      followers: { type: 'string', default: '1000', description: 'Each with an inbox of its own' },
      hosts: { type: 'string', default: '300', description: 'Servers that they are on' },
      dead: { type: 'string', default: '5', description: 'How many in a hundred never answer' },
    },
    run: ({ args }) =>
      benchFanout({
        followers: Number(args.followers),
        hosts: Number(args.hosts),
        deadShare: Number(args.dead) / 100,
      }),
  }),
  server: defineCommand({
    meta: { hidden: true, description: 'A server, asked by messages' },
    run: () => serveForBench(readConfig(env)),
  }),
  sender: defineCommand({
    meta: { hidden: true, description: 'Makes and sends letters, told by messages' },
    run: () => untilLetGo(sendForBench),
  }),
  floor: defineCommand({
    meta: { hidden: true, description: 'HTTP and nothing else' },
    run: () => untilLetGo(() => serveFloor(Number(env.PORT))),
  }),
  receiver: defineCommand({
    meta: { hidden: true, description: 'Many servers that take mail, and some that do not' },
    run: () =>
      untilLetGo(() => serveReceivers(Number(env.PORT), new Set((env.DEAD ?? '').split(',')))),
  }),
})

/** Who started it ends it. */
async function untilLetGo(work: () => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.once('disconnect', resolve)
  work()
  await promise
}
