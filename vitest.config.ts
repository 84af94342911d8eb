import { availableParallelism, totalmem } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { IS_FULL } from './test/support/full.ts'
import { useMemoryFolder } from './test/support/memory-folder.ts'
import { REPORTERS } from './test/support/run-report.ts'

useMemoryFolder()

/**
 * The tests that run on PostgreSQL too, which takes twice as long: those of the store, each page (`every-route`), several
 * processes, and what runs 95 in 100 of the other statements, in as little time as possible. The statements of each
 * file were logged to find these; another file that needs PostgreSQL is added here. `CI_FULL=1` adds the files whose own
 * statements are the same plain ones on both.
 */
const ON_BOTH = [
  ...(IS_FULL
    ? [
        'test/commands/move.test.ts',
        'test/federation/delivery/feed-followers.test.ts',
        'test/federation/inbox/{admissions,facilitators-stored}.test.ts',
        'test/federation/peers/{read-pictures,visit}.test.ts',
        'test/routes/admin/{to-do-mail,to-do}.test.ts',
        'test/routes/api/reads.test.ts',
        'test/routes/cafes/admin-venues.test.ts',
        'test/routes/data/read-agenda.test.ts',
        'test/routes/directory/admin.test.ts',
        'test/routes/facilitators/own-profile.test.ts',
      ]
    : []),
  'test/store/**/*.test.ts',
  'test/routes/http/every-route.test.ts',
  'test/crash/{kill-9,processes}.test.ts',
  'test/federation/actors/{collections,facilitator-actor,registry}.test.ts',
  'test/federation/delivery/{fallback-note,feed-digests,feeds,peer-cafes,withdrawal}.test.ts',
  'test/federation/inbox/{attestations,cited-names,groups,known-event,networks,odd-values}.test.ts',
  'test/federation/peers/{memberships,structures}.test.ts',
  'test/routes/accounts/secrets-at-rest.test.ts',
  'test/routes/admin/backups.test.ts',
  'test/jobs/webhooks/send-webhooks.test.ts',
  'test/routes/api/{cafe-writes,client,mirror,repeated-writes}.test.ts',
  'test/routes/data/import-cafe.test.ts',
  'test/routes/directory/unreachable-peers.test.ts',
  'test/routes/facilitators/{consents,links,team}.test.ts',
  'test/routes/http/{double-submit,legal-minimum,nothing-lost}.test.ts',
  'test/routes/referents/dashboard.test.ts',
  'test/routes/reports/questions.test.ts',
  'test/routes/search/search-criteria.test.ts',
  'test/routes/territories/newsletter.test.ts',
]

/** What is about SQLite's own file, or about no database; and what is long and says nothing that differs. */
const NOT_ON_BOTH = [
  ...(IS_FULL ? [] : ['test/store/cafes/duplicates.test.ts']),
  'test/store/open-database.test.ts',
  'test/store/database/{commits,flush}.test.ts',
]

/**
 * The tests with the tightest bounds in milliseconds of the clock, which other work would break: nothing runs beside
 * them. Wider bounds, or those in milliseconds of a server's own processor (`takeLoopDelay`, `longestTurnOf`), hold
 * beside other work.
 */
const ONE_AT_A_TIME = ['test/hostile/{answer-pace,exports,long-pages,small-machine,start}.test.ts']

/**
 * Those that mostly wait for silent servers and count the seconds, and the test in which snac2 receives so many messages
 * that it loses some beside others: they run beside one another and beside `ASIDE`.
 */
const THAT_WAIT = [
  'test/hostile/{reading-shares,slow-clients,slow-peers}.test.ts',
  'test/peers/snac-feed.test.ts',
]

/** The tests that only compute and have no bounds in time: they run with the lowest priority beside those that wait. */
const ASIDE = [
  'test/regular-expressions.test.ts',
  'test/formats/text/**/*.test.ts',
  'test/ui/pages.test.ts',
]

/** The tests that measure the memory of their own process: each has a new process, beside others. */
const APART = [
  'test/hostile/files.test.ts',
  'test/jobs/job-worker-memory.test.ts',
  'test/routes/api/thousands.test.ts',
]

const HOSTILE = ['test/hostile/**/*.test.ts']

/**
 * The files of `HOSTILE` whose outcome the locks of the database decide, and with `CI_FULL=1` those in which its answers
 * do: owners, audiences and budgets.
 */
const HOSTILE_ON_BOTH = [
  'test/hostile/{promptness,sessions,shares}.test.ts',
  ...(IS_FULL ? ['test/hostile/{audience,owners,reading-budgets,take-over}.test.ts'] : []),
]

/**
 * What takes minutes begins first, so that no core waits for it at the end; a clean checkout knows no durations. The
 * foreign servers stand between others, since they lose messages beside one another. Each project runs as a whole, since
 * a worker loads the program anew for each change of project.
 */
const LONG = [
  'e2e/pages',
  'e2e/journey',
  'peers/recovered',
  'crash/kill-9',
  'commands/demo',
  'bench/bench-run',
  'peers/snac.',
  'crash/killed-works',
  'commands/restored-keys',
  'peers/restored',
  'ui/browser/browser',
  'federation/delivery/delivery',
  'peers/s3rver',
  'hostile/take-over',
  'hostile/long-answers',
  'hostile/imports',
  'hostile/parsing',
  'store/search-index/search-index',
  // Then what starts servers of its own, which is longer than most.
  'commands/',
  'peers/',
  'crash/',
  'e2e/',
  'bench/',
].map((name) => `/test/${name}`)

/**
 * What follows the long ones of `sqlite`, a project after the other. Its hundreds of short files are last, so that all
 * cores end together.
 */
const PROJECTS = ['postgres', 'hostile-postgres', 'hostile', 'apart', 'sqlite']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId, project: { name } }: TestSpecification) => {
      const long = LONG.findIndex((name) => moduleId.includes(name))
      if (name === 'sqlite' && long !== -1) return long
      const place = long === -1 ? LONG.length - 1 : long
      return LONG.length * (1 + PROJECTS.indexOf(name)) + place
    }
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}

const NOT_OURS = ['test/peers/activitypub-express/**', 'node_modules/**']

/**
 * Up to two files more than cores: for more than half of its time a test waits for what it started. Each may hold a
 * gibibyte or two, with its servers and its browser.
 */
const SOME_MORE = {
  maxWorkers: availableParallelism() + Math.min(2, Math.floor(totalmem() / 2 ** 32)),
}

/**
 * Files follow one another in one process that keeps the program loaded: each opens and closes what it needs itself.
 * What is timed begins anew, without the garbage of others. Such a process ends within minutes, so V8 collects all its
 * garbage only from a gibibyte on: a sixteenth of the processor's time went into that.
 */
const TOGETHER = {
  isolate: false,
  execArgv: ['--max-semi-space-size=32', '--initial-old-space-size=1024'],
}

export default defineConfig({
  test: {
    environment: 'node',
    reporters: REPORTERS,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: 'test/support/database-templates.ts',
    setupFiles: ['test/support/ready-keys.ts', 'test/support/left-behind.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          ...TOGETHER,
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...THAT_WAIT, ...HOSTILE, ...ONE_AT_A_TIME, ...ASIDE, ...APART, ...NOT_OURS],
          env: { TZ: 'UTC' },
          sequence: { groupOrder: 0 },
          ...SOME_MORE,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          ...TOGETHER,
          include: ON_BOTH,
          exclude: [...NOT_ON_BOTH, ...NOT_OURS],
          env: { TZ: 'UTC', CAFE_IA_TEST_DATABASE: 'postgres' },
          sequence: { groupOrder: 0 },
          ...SOME_MORE,
        },
      },
      {
        extends: true,
        test: {
          name: 'hostile',
          ...TOGETHER,
          include: HOSTILE,
          exclude: [...ONE_AT_A_TIME, ...THAT_WAIT, ...APART],
          env: { TZ: 'UTC' },
          sequence: { groupOrder: 0 },
          ...SOME_MORE,
        },
      },
      {
        extends: true,
        test: {
          name: 'hostile-postgres',
          ...TOGETHER,
          include: HOSTILE_ON_BOTH,
          env: { TZ: 'UTC', CAFE_IA_TEST_DATABASE: 'postgres' },
          sequence: { groupOrder: 0 },
          ...SOME_MORE,
        },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: APART,
          env: { TZ: 'UTC' },
          sequence: { groupOrder: 0 },
          ...SOME_MORE,
        },
      },
      {
        extends: true,
        test: {
          name: 'waiting',
          include: THAT_WAIT,
          env: { TZ: 'UTC' },
          maxWorkers: 5,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'aside',
          ...TOGETHER,
          include: ASIDE,
          setupFiles: 'test/support/lowest-priority.ts',
          testTimeout: 120_000,
          env: { TZ: 'UTC' },
          maxWorkers: 5,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: ONE_AT_A_TIME,
          env: { TZ: 'UTC' },
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
})
