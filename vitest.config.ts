import { defineConfig } from 'vitest/config'
import { useMemoryFolder } from './test/support/memory-folder.ts'

useMemoryFolder()

/** What goes through the database, which the two could do differently: run on PostgreSQL too. */
const ON_BOTH = ['test/{store,routes,federation,crash}/**/*.test.ts']

/** Of those, what asks nothing of the database, pages that only show what others have tried, and long files. */
const NOT_ON_BOTH = [
  'test/store/open-database.test.ts',
  'test/routes/api/{export,thousands}.test.ts',
  'test/routes/data/{api-page,embed}.test.ts',
  'test/routes/http/{heads,language,paced-stream,seats}.test.ts',
  'test/routes/search/map-page.test.ts',
  'test/routes/site/{crawlers,pages}.test.ts',
  'test/federation/remote/{egress,resting-hosts}.test.ts',
  'test/federation/wire/{event,read-event,proof,strict-json}.test.ts',
  'test/federation/gate/signature.test.ts',
]

/** The program as people use it, in a terminal and in a browser: each file has its servers for itself. */
const USED = ['test/{commands,e2e}/**/*.test.ts']

/** What holds promises in seconds, and foreign servers: nothing else runs beside them. */
const ONE_AT_A_TIME = [
  'test/{crash,hostile,peers}/**/*.test.ts',
  'test/routes/api/thousands.test.ts',
]

const NOT_OURS = ['test/peers/activitypub-express/**', 'node_modules/**']

/** A file for each core: left to itself, Vitest keeps one of them free, which is half of a small machine. */
const SIDE_BY_SIDE = { maxWorkers: '100%' }

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: 'test/support/postgres-setup.ts',
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...USED, ...ONE_AT_A_TIME, ...NOT_OURS],
          env: { TZ: 'UTC' },
          sequence: { groupOrder: 0 },
          ...SIDE_BY_SIDE,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ON_BOTH,
          exclude: [...NOT_ON_BOTH, ...NOT_OURS],
          env: { TZ: 'UTC', CAFE_IA_TEST_DATABASE: 'postgres' },
          sequence: { groupOrder: 0 },
          ...SIDE_BY_SIDE,
        },
      },
      {
        extends: true,
        test: {
          name: 'used',
          include: USED,
          env: { TZ: 'UTC' },
          sequence: { groupOrder: 1 },
          ...SIDE_BY_SIDE,
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: ONE_AT_A_TIME,
          exclude: NOT_OURS,
          env: { TZ: 'UTC' },
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
})
