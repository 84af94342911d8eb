import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isOurs, ROOT, readSources } from './support/sources.ts'

/**
 * Checks the rooms of docs/glossary.md: the same nouns in every layer, and the order in which rooms import each other.
 */

const sources = readSources()

/** The rooms of each layer from the outermost to the innermost: a room imports only from rooms to its right. */
const ORDER: Record<string, string> = {
  'node/domain':
    'facilitators federation referents structures territories reports registrations suggestions series cafes kit flags backup monitoring agreements resources limits values',
  'node/store':
    'backup copy open-database flags blocking referents memberships facilitators feeds webhooks territories search networks resources reports registrations series agreements cafes suggestions structures directory moves queues accounts search-index monitoring files migrations database schema',
  'node/routes':
    'addresses admin webhooks monitoring data reports facilitators networks resources suggestions registrations referents flags site api kit territories structures directory search series cafes agreements accounts workspaces http',
  federation: 'peers routes federation delivery moves inbox actors gate remote services wire',
  ui: 'monitoring data kit series reports flags directory suggestions registrations facilitators networks resources search territories referents structures site cafes accounts agreements admin forms follow maps components drawings locales paths',
}

const MOST_FILES = 24
/** This folder may grow, since each migration is a file that is never deleted. */
const GROWS = 'node/store/migrations'

/** Returns the folder of a file or, at the root of a layer, the file itself. */
const roomOf = (layer: string, path: string): string | undefined =>
  path.startsWith(`${layer}/`)
    ? path
        .slice(layer.length + 1)
        .replace(/\.tsx?$/, '')
        .split('/')[0]
    : undefined

describe.each(Object.entries(ORDER))('the rooms of %s', (layer, names) => {
  const order = names.split(' ')

  test('each has its place in the order', () => {
    const rooms = new Set(sources.flatMap(({ path }) => roomOf(layer, path) ?? []))
    expect([...rooms].filter((room) => !order.includes(room))).toEqual([])
    expect(order.filter((room) => !rooms.has(room))).toEqual([])
  })

  test('each imports only from rooms to its right', () => {
    const upward = sources.flatMap(({ path, imports }) => {
      const here = roomOf(layer, path)
      return imports.filter(isOurs).flatMap(({ name }) => {
        const there = roomOf(layer, name)
        if (here === undefined || there === undefined || here === there) return []
        return order.indexOf(there) < order.indexOf(here) ? [`${path} → ${name}`] : []
      })
    })
    expect(upward).toEqual([])
  })
})

test('a folder bears a noun of the glossary', () => {
  const glossary = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8')
  const folders = new Set(
    sources.flatMap(({ path }) => path.split('/').slice(0, -1)).filter((name) => name !== 'node'),
  )
  expect([...folders].filter((name) => !glossary.includes(`\`${name}\``))).toEqual([])
})

test(`a folder holds at most ${MOST_FILES} sources`, () => {
  const counts = Map.groupBy(sources, ({ path }) => path.replace(/\/[^/]+$/, ''))
  const large = [...counts].filter(
    ([folder, files]) => folder !== GROWS && files.length > MOST_FILES,
  )
  expect(large.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([])
})

test('a test lies in the folder of what it tests', () => {
  const layers = { domain: 'node/domain', store: 'node/store', routes: 'node/routes' }
  const wrong = Object.entries(layers).flatMap(([folder, layer]) =>
    readdirSync(join(ROOT, 'test', folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .filter(({ name }) => !sources.some(({ path }) => path.startsWith(`${layer}/${name}/`)))
      .map(({ name }) => `test/${folder}/${name}`),
  )
  expect(wrong).toEqual([])
})

test('a source that a document or a comment names is there', () => {
  const files = ['node', 'federation', 'ui', 'test', 'docs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(tsx?|md)$/.test(name) && !name.includes('node_modules'))
      .map((name) => join(folder, name)),
  )
  const atRoot = readdirSync(ROOT).filter((name) => /\.(ts|md)$/.test(name))
  const all = [...files, ...atRoot]
  // A document may leave out the layer (`store/search/search.ts`) or the folder that it describes (`fields.tsx`).
  const isThere = (name: string) => all.some((path) => `/${path}`.endsWith(`/${name}`))
  const dead = all.flatMap((path) =>
    namedSources(path, readFileSync(join(ROOT, path), 'utf8'))
      .filter((name) => !isThere(name))
      .map((name) => `${path} → ${name}`),
  )
  expect(dead).toEqual([])
})

/** Returns the names of TypeScript files in a document, or in the comments of a source. */
function namedSources(path: string, text: string): string[] {
  const prose = path.endsWith('.md')
    ? [text]
    : (text.match(/\/\*[\s\S]*?\*\/|(?<=^\s*|[;,{})\]] )\/\/ .*$/gm) ?? [])
  const names = prose.flatMap((words) => words.match(/[\w.{}/-]*\w\.tsx?\b(?!\w)/g) ?? [])
  // A placeholder or a pattern is not the name of a file.
  return names
    .filter((name) => !/YYYY|\*/.test(name))
    .map((name) => name.replace(/^(\.\.?\/)+/, ''))
}

test('no file imports itself through others, not even for a type', () => {
  const needs = new Map(
    sources.map(({ path, imports }) => [path, imports.filter(isOurs).map(({ name }) => name)]),
  )
  expect(listCircles(needs)).toEqual([])
})

/** Returns the strongly connected components of more than one file (Tarjan, SIAM J. Comput. 1972). */
function listCircles(needs: Map<string, string[]>): string[] {
  const low = new Map<string, number>()
  const open: string[] = []
  const circles: string[] = []
  const visit = (path: string): number => {
    const index = low.size
    let least = index
    low.set(path, index)
    open.push(path)
    for (const next of needs.get(path) ?? []) {
      if (!needs.has(next)) continue
      if (!low.has(next)) least = Math.min(least, visit(next))
      else if (open.includes(next)) least = Math.min(least, low.get(next) ?? index)
    }
    low.set(path, least)
    if (least === index) {
      const circle = open.splice(open.indexOf(path))
      if (circle.length > 1) circles.push(circle.join(' '))
    }
    return least
  }
  for (const path of needs.keys()) if (!low.has(path)) visit(path)
  return circles
}
