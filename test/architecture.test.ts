import { describe, expect, test } from 'vitest'
import { isOurs, readSources } from './support/sources.ts'

/**
 * Checks by reading the sources that they follow the import rules of docs/architecture.md, and that only certain files
 * do certain things.
 */

const sources = readSources()

const CONTEXT = 'node/context.ts'
/** This file knows where the files of the project are. */
const ROOT = 'node/program/project-root.ts'
/** The structure whose name a site bears, which says nothing of whose a thing is. */
const SITE_STRUCTURE = 'node/store/structures/site-structure.ts'
/** Files that contain constants only. */
const CONSTANTS = ['node/program/version.ts', ROOT]
/** This room limits how long work may block the event loop, which all code shares. */
const TURNS = 'node/turns/'
/**
 * Pure functions that clean texts and pictures from strangers. The protocol uses them so that it has no code of its own
 * for this.
 */
const CLEANING = [
  'node/formats/text/clean-text.ts',
  'node/formats/text/html-text.ts',
  'node/formats/text/markdown.ts',
  'node/formats/images/cafe-picture.ts',
  'node/formats/images/portrait.ts',
]

/**
 * The folders that each folder may import besides itself. The rest (`node/*.ts`, its other rooms, jobs, commands) joins
 * them and may import all.
 */
const ARROWS: { folder: string; may: string[]; mayAsType?: string[] }[] = [
  { folder: 'node/domain/', may: [] },
  { folder: 'node/geo/', may: ['node/domain/', ROOT] },
  { folder: 'node/formats/', may: ['node/domain/', ROOT] },
  { folder: 'ui/', may: ['node/domain/'] },
  { folder: 'node/store/', may: ['node/domain/', 'node/geo/', TURNS, ...CONSTANTS] },
  {
    folder: 'federation/',
    may: ['node/domain/', 'node/store/', TURNS, ...CLEANING],
    mayAsType: [CONTEXT],
  },
  {
    folder: 'node/routes/',
    may: ['node/domain/', 'node/store/', 'node/geo/', 'node/formats/', 'ui/', TURNS, ...CONSTANTS],
    mayAsType: [CONTEXT, 'node/config.ts'],
  },
]

describe('the arrows', () => {
  test('every source is read, with its imports', () => {
    expect(sources.length).toBeGreaterThan(150)
    expect(sources.find(({ path }) => path === 'node/app.ts')?.imports.length).toBeGreaterThan(10)
  })

  test.each(ARROWS)('$folder imports what it may', ({ folder, may, mayAsType = [] }) => {
    const wrong = sources
      .filter(({ path }) => path.startsWith(folder))
      .flatMap(({ path, imports }) =>
        imports
          .filter(isOurs)
          .filter(({ name, isType }) => {
            const allowed = [folder, ...may, ...(isType ? mayAsType : [])]
            return !allowed.some((prefix) => name.startsWith(prefix))
          })
          .map(({ name }) => `${path} → ${name}`),
      )
    expect(wrong).toEqual([])
  })

  test('what is true depends on no program: the domain imports zod, and what computes the dates of rules', () => {
    const outside = sources
      .filter(({ path }) => path.startsWith('node/domain/'))
      .flatMap(({ imports }) => imports.filter((item) => !isOurs(item)).map(({ name }) => name))
    expect([...new Set(outside)].sort()).toEqual(['rrule-temporal', 'zod'])
  })

  test('tests are imported by nobody', () => {
    expect(whoImport(/^test\//)).toEqual([])
  })
})

/** Returns the files that import a module whose name matches. */
const whoImport = (pattern: RegExp): string[] =>
  sources
    .filter(({ imports }) => imports.some(({ name }) => pattern.test(name)))
    .map(({ path }) => path)

const whoSay = (pattern: RegExp): string[] =>
  sources.filter(({ code }) => pattern.test(code)).map(({ path }) => path)

const outside = (paths: string[], folder: string): string[] =>
  paths.filter((path) => !path.startsWith(folder))

const CAFE_ROWS = 'node/store/cafes/cafes.ts'
const CAFE_WRITES = 'node/store/search-index/write-cafes.ts'

/** Returns how many statements of each file write rows of a table. */
const writersOf = (table: string): Record<string, number> => {
  const writes = new RegExp(
    `\\.(insertInto|updateTable|deleteFrom)\\(\\s*'${table}'|\\b(insert into|update|delete from) ${table}\\b`,
    'g',
  )
  return Object.fromEntries(
    sources.flatMap(({ path, code }) => {
      const { length } = code.match(writes) ?? []
      return length ? [[path, length]] : []
    }),
  )
}

/** Returns, in order, which functions of these modules each file calls, of those whose name matches. */
const callsOf = (name: RegExp, modules: readonly string[]): Record<string, string[]> =>
  Object.fromEntries(
    sources.flatMap(({ path, code, imports }) => {
      const words = imports.filter((one) => modules.includes(one.name)).map(({ words }) => words)
      const taken =
        words
          .join()
          .match(/\w+/g)
          ?.filter((word) => name.test(word)) ?? []
      const calls = taken.flatMap((word) => code.match(new RegExp(`\\b${word}\\(`, 'g')) ?? [])
      return calls.length > 0 ? [[path, calls.map((call) => call.slice(0, -1)).sort()]] : []
    }),
  )

describe('each thing is done in one place', () => {
  test('SQL lives in node/store', () => {
    const drivers = whoImport(/^(kysely|better-sqlite3|node:sqlite|pg)(\/|$)/)
    expect(outside(drivers, 'node/store/')).toEqual([])
    const queries = whoSay(
      /\.(selectFrom|insertInto|updateTable|deleteFrom)\(|\bsql(<[^`]*>)?`|\bpragma\b/i,
    )
    expect(outside(queries, 'node/store/')).toEqual([])
  })

  test('ActivityPub’s words stay in federation', () => {
    const words =
      /activitystreams|attributedTo|sharedInbox|publicKeyPem|preferredUsername|orderedItems|Tombstone\b'|maximumAttendeeCapacity|@context|activity\+json|eddsa-jcs/
    // Followers and remote actors are stored with their shared inbox and their name, which deliveries need.
    const rows = ['node/store/feeds/followers.ts', 'node/store/schema/actors.ts']
    // A page states in a <link> that its address answers ActivityPub too.
    const links = ['ui/cafes/cafe-page.tsx', 'ui/components/site.ts']
    // Some terms of schema.org are the same.
    const others = ['node/formats/web/schema-org.ts']
    // The code that verifies a proof runs in browsers too, without the rest of the protocol.
    const readers = ['node/domain/federation/verification.ts']
    const allowed = [...rows, ...links, ...others, ...readers]
    expect(outside(whoSay(words), 'federation/').filter((path) => !allowed.includes(path))).toEqual(
      [],
    )
  })

  test('only the way out opens sockets to addresses that strangers choose', () => {
    const clients = /^(undici|node:(https?|http2|net|tls|dgram|dns)(\/.*)?)$/
    // These names check addresses or listen; they open no connection.
    const harmless =
      /^\{\s*((BlockList|isIP|isIPv4|isIPv6|createServer|STATUS_CODES|type \w+),?\s*)+\} from /
    const openers = sources.filter(({ imports }) =>
      imports.some(
        ({ name, isType, words }) => clients.test(name) && !isType && !harmless.test(words),
      ),
    )
    // The demonstration connects to its own child processes on loopback.
    const paths = openers.map(({ path }) => path)
    // The doctor resolves the operator's own name, and backups go to a storage that the operator chose. A
    // site looks at the certificate of its own address.
    expect(paths.sort()).toEqual([
      'federation/remote/connections.ts',
      'node/commands/doctor/name-lookup.ts',
      'node/jobs/backup/s3-connection.ts',
      'node/jobs/monitoring/certificate.ts',
    ])
    const fetchers = whoSay(/(?:await|return|=>?|[(,])\s*fetch\(/)
    expect(fetchers).toEqual(['node/commands/demo/announcing.ts', 'node/commands/demo/known.ts'])
    expect(whoSay(/new (WebSocket|EventSource|XMLHttpRequest)\b/)).toEqual([])
  })

  test('the role is read where routes are mounted and where the server starts', () => {
    // config.ts sets the role, start.ts prints it, a restore renews keys by it, and a command has the same context as
    // the server.
    expect(whoSay(/\brole\b.*[=!]==?.*'(hub|node)'|\bconfig\.role\b/).sort()).toEqual([
      'node/app.ts',
      'node/commands/backup/restore.ts',
      'node/commands/start.ts',
      'node/commands/with-site.ts',
      'node/server/server.ts',
    ])
  })

  test('whose a thing is comes from who asks: the structure of the site is its name, and found in one place', () => {
    const first =
      /selectFrom\('organization'\)(?:(?!\n\n)[\s\S])*?orderBy\('(?:organization\.)?created_at'\)/
    const found = sources.filter(({ text }) => first.test(text)).map(({ path }) => path)
    expect(found).toEqual([SITE_STRUCTURE])
    const users = sources.filter(({ imports }) =>
      imports.some(({ name }) => name === SITE_STRUCTURE),
    )
    const routes = users.filter(({ path }) => path.startsWith('node/routes/'))
    expect(routes.map(({ path }) => path)).toEqual(['node/routes/http/site.ts'])
  })

  test('what people edit is written by the noun that saveEdit is given: no file has a further writer', () => {
    // The cafés of other servers are written as they come. A new key signs our cafés anew as they are,
    // a date of a series is published as it nears, and how many seats are left follows from who has them.
    expect(callsOf(/^(save|delete|update)Cafes?$/, [CAFE_ROWS, CAFE_WRITES])).toEqual({
      'node/store/cafes/own-cafes.ts': [
        ...['deleteCafe', 'saveCafe', 'saveCafe', 'saveCafe', 'saveCafe', 'saveCafe'],
      ],
      'node/store/cafes/series/renewals.ts': ['saveCafe'],
      'node/store/cafes/received-cafes.ts': ['deleteCafe'],
      'node/store/cafes/received-rows.ts': ['saveCafes'],
      'node/store/cafes/cafe-announcers.ts': ['updateCafes', 'updateCafes', 'updateCafes'],
      'node/store/cafes/cafes.ts': ['deleteCafes'],
      'node/store/cafes/duplicates.ts': ['updateCafes'],
      'node/store/cafes/missing-cafes.ts': ['updateCafes', 'updateCafes'],
      'node/store/cafes/moderated-cafes.ts': ['updateCafes'],
      'node/store/cafes/private-cafes.ts': ['updateCafes'],
      'node/store/memberships.ts': ['deleteCafes'],
      // A site that moves has other addresses.
      'node/store/moves/moves.ts': ['updateCafes'],
      // Those of a structure that is suspended are hidden, and shown again.
      'node/store/structures/hosted.ts': ['updateCafes', 'updateCafes'],
      // Cafés have the name that their structure is given.
      'node/store/structures/organizations.ts': ['updateCafes'],
    })
    expect(callsOf(/^renameOrganization$/, ['node/store/structures/organizations.ts'])).toEqual({
      'node/store/structures/profiles.ts': ['renameOrganization'],
    })
    expect(writersOf('venue')).toEqual({ 'node/store/cafes/venues.ts': 3 })
    expect(writersOf('organization')).toEqual({
      'node/store/structures/closing.ts': 2,
      'node/store/structures/hosted.ts': 2,
      'node/store/structures/organizations.ts': 2,
      'node/store/structures/profiles.ts': 1,
      'node/store/structures/structure-shares.ts': 1,
    })
    // One of them stores the network of another server.
    expect(writersOf('network')).toEqual({ 'node/store/networks/networks.ts': 4 })
    expect(callsOf(/^endNetwork$/, ['node/store/networks/networks.ts'])).toEqual({
      'federation/inbox/networks.ts': ['endNetwork'],
    })
    expect(whoSay(/\bOWN_\w+\.(save|remove)\b/)).toEqual([])
  })

  test('each row of a café is written where its change is numbered and its entry in the search made', () => {
    expect(Object.keys(writersOf('cafe')).sort()).toEqual([CAFE_ROWS, CAFE_WRITES])
    expect(Object.keys(writersOf('search_entry')).sort()).toEqual([
      'node/store/search-index/reindex-cafes.ts',
      'node/store/search/rebuild.ts',
    ])
  })

  test('links and forms carry the language of the page, which ui/components/link.tsx alone knows', () => {
    const plain = sources.filter(
      ({ path, code }) => /\.tsx$/.test(path) && /<(?:a|form)[\s>]/.test(code),
    )
    expect(plain.map(({ path }) => path)).toEqual(['ui/components/link.tsx'])
  })

  test('the environment is read once, in main.ts', () => {
    expect(whoSay(/process\.(env|loadEnvFile)\b/)).toEqual(['node/main.ts'])
  })

  test('the clock is read where the context is made, so that rules and pages take the time that they are given', () => {
    const readers = whoSay(/Temporal\.Now\b|Date\.now\(\)|new Date\(\)/)
    const rules = ['node/domain/', 'node/store/', 'ui/', 'node/formats/']
    expect(readers.filter((path) => rules.some((folder) => path.startsWith(folder)))).toEqual([])
  })

  test('a page never waits for the network: routes know nothing of federation', () => {
    const routes = whoImport(/^federation\//).filter((path) => path.startsWith('node/routes/'))
    expect(routes).toEqual([])
  })
})
