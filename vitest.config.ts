import { defineConfig } from 'vitest/config'

/**
 * What goes through the database, which the two could do differently: run on PostgreSQL too. Of the pages those that
 * only show what others have tried are left out, and long files.
 */
const ON_BOTH = [
  'test/store/!(database).test.ts',
  'test/routes/!(api-page|crawlers|embed|heads|language|map|pages).test.ts',
  'test/routes/api/!(export).test.ts',
  'test/federation/!(egress|event|event-reading|proof|signature).test.ts',
  'test/crash/*.test.ts',
]

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
          name: 'all',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/peers/activitypub-express/**', 'node_modules/**'],
          env: { TZ: 'UTC' },
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: ON_BOTH,
          env: { TZ: 'UTC', CAFE_IA_TEST_DATABASE: 'postgres' },
        },
      },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
})
