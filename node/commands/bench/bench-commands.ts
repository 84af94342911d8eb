import { defineCommand } from 'citty'
import { readConfig } from '../../config.ts'
import { sendForBench, serveFloor, serveForBench } from './helpers.ts'
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
})

/** Who started it ends it. */
async function untilLetGo(work: () => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.once('disconnect', resolve)
  work()
  await promise
}
