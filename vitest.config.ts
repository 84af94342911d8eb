import { defineConfig } from 'vitest/config'

/**
 * What goes through the database, which the two could do differently: run on PostgreSQL too. Of the pages those that
 * only show what others have tried are left out, and long files.
 */
const ON_BOTH = [
  'test/store/!(database).test.ts',
  'test/routes/!(api-page|crawlers|embed|heads|language|map|pages).test.ts',
  'test/routes/api/!(export|thousands).test.ts',
  'test/federation/!(egress|event|event-reading|proof|signature).test.ts',
  'test/crash/*.test.ts',
]

/** Whole servers, foreign ones and a browser, that hold promises in seconds: nothing else runs beside them. */
const ONE_AT_A_TIME = [
  'test/{commands,crash,e2e,hostile,peers}/**/*.test.ts',
  'test/routes/api/thousands.test.ts',
]

const NOT_OURS = ['test/peers/activitypub-express/**', 'node_modules/**']

/** A file for each core: left to itself, Vitest keeps one of them free, which is half of a small machine. */
const SIDE_BY_SIDE = { maxWorkers: '100%', sequence: { groupOrder: 0 } }

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
          exclude: [...ONE_AT_A_TIME, ...NOT_OURS],
          env: { TZ: 'UTC' },
          ...SIDE_BY_SIDE,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ON_BOTH,
          env: { TZ: 'UTC', CAFE_IA_TEST_DATABASE: 'postgres' },
          ...SIDE_BY_SIDE,
        },
      },
      {
        extends: true,
        test: {
          name: 'programs',
          include: ONE_AT_A_TIME,
          exclude: NOT_OURS,
          env: { TZ: 'UTC' },
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
})
