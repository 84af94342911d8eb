import { describe, expect, test } from 'vitest'
import { readSources } from './support/sources.ts'

/**
 * Checks the words of docs/glossary.md: the verbs of exported functions, and the words that neither the code nor the
 * tests use any longer; and that exported functions say in a docstring what their callers must know.
 */

const sources = readSources().filter(({ path }) => !/\/migrations\/|\/bench[-./]/.test(path))
/** This file names the words that are gone. */
const tests = readSources(['test']).filter(({ path }) => path !== 'test/words.test.ts')

/** The first words of exported functions, anywhere. A new verb is added only when none of these fits. */
const VERBS = words(`
  find list count insert update save delete
  parse read decide to from
  send enqueue receive create open
  is has may search select choose check verify
  add set mark replace change move remove end
  copy unpack hash sign describe write place take
  answer ask refuse announce follow request confirm renew withdraw
  plan run apply claim ensure prepare
  with without
`)

/** Verbs with one meaning in few rooms, which are named: the first word of an exported function there and nowhere else. */
const OWN_VERBS: Record<string, string[]> = Object.fromEntries(
  `
  on: settings site inbox
  can: federation values
  awaits: cafes federation
  append: accounts backup queues suggestions
  upsert: cafes directory
  fetch: backup peers remote
  look: geo doctor remote
  visit backfill: peers
  forward undo: delivery wire
  relay: jobs http
  pace: jobs delivery
  erase: directory facilitators queues
  forget: backup directory
  remember pin: directory actors
  block unblock: directory
  rename: directory structures
  approve: facilitators
  moderate revoke: accounts referents
  propose: geo accounts
  consume: accounts directory
  join: accounts database referents
  preview: accounts imports
  log: backup accounts referents
  expire: accounts facilitators
  unpublish publish: jobs backup facilitators
  postpone lease release: cafes queues
  settle: backup queues sending
  retry stop: demo directory queues
  expedite spend recount: queues territories
  charge reassign judge sort revise: cafes imports
  match: cafes territories
  unfollow: commands cafes
  cancel: imports
  fold: cafes search-index
  reindex: networks search-index
  cut: web feeds search-index
  archive: search
  suggest: geo
  compare: territories
  split: geo cafes icalendar
  complete: values icalendar imports
  escape: values
  limit: limits values http
  assert clear allow decompress compress: http
  give: settings turns
  watch: sockets turns demo
  schedule: jobs
  maintain: jobs
  start: commands jobs server
  configure: server
  declare: demo http networks
  attach: demo cafes
  appoint accept link require: demo api http
  reconcile: accounts peers
  restore: backup workspaces
  rebuild: commands backup search
  reject: backup
  show: doctor cafes admin
  connect: backup database
  lock try: database
  flush: backup facilitators write-log
  measure: backup cafes database monitoring
  continue: copy
  fill: commands data
  import init purge: commands jobs data
  pack: archive database imports
  load: images gate
  draw: demo images print components
  fit: print
  render: commands text
  encode crop: images
  decode: csv text
  clean cap break: text
  compact: gate
  trim: remote
  typeset: locales
  `
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [verbs = '', rooms = ''] = line.split(':')
      return [...words(verbs)].map((verb) => [verb, [...words(rooms)]])
    }),
)

/** Returns whether a function of this file may begin with this word. */
function mayBegin(path: string, verb: string): boolean {
  const [file = '', room = ''] = path.split('/').reverse()
  const isIn = (name: string) => room === name || file.startsWith(`${name}.`)
  return VERBS.has(verb) || (OWN_VERBS[verb] ?? []).some(isIn)
}

function words(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/))
}

/**
 * A function without a verb is named by its result: of what it is (`cafeUriOf`, `valuesOfVenue`, `timezoneOfCommune`),
 * or in which form (`longDate`, `actorUri`, `toICalendar`).
 */
const RELATION = /[a-z](?:Of|For|From|In|At|To|On|Per|Or|And|By)(?=[A-Z]|$)/
const RESULT = new RegExp(
  `(?:${[
    'Actor Answer Batch Body Code Columns Crop Csv Date Dates Day Examples Feed Files Gate Handler Handle Hash Head Heading Href Html Id Items Json Key Kinds',
    'Km Label Lang Lines Link Links Mail Mails Markdown Message Middleware Name Names Outbox Page Pages Parameter Parameters',
    'Parts Past Path Query Questions Range Reads Registry Routes Rows Schema Session Size Snapshot State Statement',
    'Statements Storage Svg Text Texts Threshold Title Token Uri Url Uuid Values Version Word Words Writes',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
)

/** Names without a verb that were reviewed one by one. */
const EXCEPTIONS = new Set<string>(
  `
  alone ifAlone inStep inTransaction
  orNull orUndefined contains until within
  backup demo doctor upgrade dump dumpIfRequested
  index clock contrast worstContrast distance percent plural roundDegrees
  communesNamed nearestCommune wholeCommune boundingBox cellsAround pageAbove minutesBetween
  activity publicActivity privateActivity aboutFacilitator goneAccount goneNetwork signedOrganization
  feedFeatured feedUpcoming nodeInfo
  consentBlocks consentEnd publishingGaps onboarding onboardingPlace refusals
  preferredLanguage secureHeaders ambiguousField zoneFinder territoryFilter
  choice json leftOut named
  newSecret exampleCafes sqliteDialect uuidV7 frenchSpaces sentenceCase
  `
    .trim()
    .split(/\s+/),
)

/** Words that the glossary has replaced, with the words to use instead. */
const RETIRED: Record<string, string> = {
  desk: 'admin, dashboard',
  desks: 'workspaces',
  strings: 'messages',
  lane: 'worker',
  shelf: 'storage',
  sink: 'writer',
  tell: 'enqueue, send',
  told: 'sent, announced',
  teller: 'announcer',
  say: 'save, send',
  said: 'stated, snapshot',
  hear: 'receive',
  heard: 'received, tracked',
  carry: 'forward',
  keep: 'save, cache',
  kept: 'saved, stored, cached',
  letter: 'newsletter, request, message',
  letters: 'newsletters, messages',
  situation: 'status, status change',
  reach: 'audience',
  asking: 'confirmation',
  figure: 'statistics',
  figures: 'statistics',
  demand: 'request',
  demands: 'requests',
  typed: 'user text',
  silence: 'unreachable',
  silent: 'inactive, unreachable',
  care: 'reminder',
  monday: 'weekly',
  parked: 'failed',
  struggling: 'failing',
  people: 'facilitators',
  person: 'facilitator',
  leader: 'facilitator',
  leaders: 'facilitators',
}

/** Words that the glossary has replaced, and that no name has at all: not a private one, nor a parameter. */
const GONE: Record<string, string> = {
  desk: 'admin, workspace',
  desks: 'workspaces',
  lane: 'worker',
  lanes: 'workers',
  shelf: 'storage',
  shelves: 'storages',
  teller: 'announcer',
  tellers: 'announcers',
  telling: 'enqueuing',
  tell: 'enqueue, send, notify',
  untold: 'unsent, unread',
  struggling: 'failing',
  voice: 'hash of a visitor',
  voices: 'hashes of visitors',
  unheard: 'unconfirmed',
  mondays: 'weekly',
  forsaken: 'lapsed',
  troubled: 'failing',
  needless: 'unused',
}

const FUNCTION =
  /^export (?:default )?(?:async )?function\*? (\w+)|^export const (\w+)(?=[^\n=]* =\s*(?:async )?(?:<[^>]*>\s*)?(?:\([^;{}]*?\)[^=;]*|\w+ )=>)/gm
const EXPORT =
  /^export (?:default )?(?:async )?(?:function\*?|const|let|type|class|interface) (\w+)/gm

/** A text in quotes; a template only where nothing is put into it. */
const STRING = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`[^`$]*`/g

const namesOf = (code: string, pattern: RegExp): string[] =>
  [...code.matchAll(pattern)].map(([, one, other]) => one ?? other ?? '')

/** Splits `findOwnCafe` into find, own, cafe. */
const segmentsOf = (name: string): string[] =>
  name
    .split(/(?<=[a-z\d])(?=[A-Z])|[_.\-/]/)
    .filter((part) => part !== '')
    .map((part) => part.toLowerCase())

const isComponent = (name: string): boolean => /^[A-Z]/.test(name)

describe('exported names', () => {
  test('a function begins with a verb of the list or of its room, or is named by what it returns', () => {
    const wrong = sources
      .flatMap(({ path, code }) => namesOf(code, FUNCTION).map((name) => ({ path, name })))
      .filter(
        ({ path, name }) =>
          !isComponent(name) && !mayBegin(path, /^[a-z\d]+/.exec(name)?.[0] ?? ''),
      )
      .filter(({ name }) => !RELATION.test(name) && !RESULT.test(name) && !EXCEPTIONS.has(name))
      .map(({ path, name }) => `${path}: ${name}`)
    expect(wrong).toEqual([])
  })

  test('none bears a word that the glossary has replaced', () => {
    const wrong = [...sources, ...tests].flatMap(({ path, code }) =>
      namesOf(code, EXPORT).flatMap((name) =>
        retiredIn(name).map((hint) => `${path}: ${name} (${hint})`),
      ),
    )
    expect(wrong).toEqual([])
  })
})

test('every exported function that is no component has a docstring', () => {
  const wrong = sources.flatMap(({ path, text }) =>
    [...text.matchAll(FUNCTION)]
      // A comment above an empty line is about the whole file.
      .filter(({ index }) => !text.slice(0, index).endsWith('*/\n'))
      .map(([, one, other]) => one ?? other ?? '')
      .filter((name) => !isComponent(name))
      .map((name) => `${path}: ${name}`),
  )
  expect(wrong).toEqual([])
})

test('no file or folder bears a word that the glossary has replaced', () => {
  expect(
    [...sources, ...tests].flatMap(({ path }) =>
      retiredIn(path.replace(/\.tsx?$/, '')).map((hint) => `${path} (${hint})`),
    ),
  ).toEqual([])
})

test('no name at all bears a word that is gone', () => {
  // Templates of sentences are code as well, and sentences have words of their own.
  const named = [...sources, ...tests].filter(({ path }) => !path.startsWith('ui/locales/'))
  const wrong = named.flatMap(({ path, code }) =>
    [...new Set(code.replaceAll(STRING, '').match(/[A-Za-z]\w*/g))].flatMap((name) =>
      // A column keeps its name, and so does what is read from its row.
      name.includes('_') && name === name.toLowerCase()
        ? []
        : retiredIn(name, GONE).map((hint) => `${path}: ${name} (${hint})`),
    ),
  )
  expect(wrong).toEqual([])
})

const retiredIn = (name: string, retired = RETIRED): string[] =>
  segmentsOf(name).flatMap((part) =>
    Object.hasOwn(retired, part) ? [`${part}: say ${retired[part]}`] : [],
  )
