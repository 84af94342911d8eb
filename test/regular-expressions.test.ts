import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'oxc-parser'
import { checkSync } from 'recheck'
import { describe, expect, test } from 'vitest'

/** Every regular expression of the program, read from its sources: none costs more than its text's length. */

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** What `recheck` finds vulnerable, and why it is not. */
const REVIEWED = new Map([
  [String.raw`/^export \{([^}]*)\};?$/gm`, 'reads scripts of the program’s own, once at the start'],
  [String.raw`/\/\*.*?\*\//gs`, 'reads the program’s own stylesheet, once at the start'],
])

/** Where expressions are composed at run time: read by a person, each for the texts that it meets. */
const COMPOSED = new Map([
  [
    'node/formats/csv/cafe-columns.ts',
    'the patterns of our own columns, anchored, without repetition in repetition',
  ],
  ['node/formats/csv/french-times.ts', 'anchored words and numbers, on a cell of 500 characters'],
  ['node/formats/mediation/opening-hours.ts', 'anchored days, on a cell of 2,000 characters'],
  ['node/geo/asked-words.ts', 'words at the beginning of a place, without repetition'],
  [
    'node/routes/http/compression.ts',
    'each comma or end of Accept-Encoding, which Node limits to 16 kB',
  ],
])

/** Properties that `recheck` does not know, as ones of the same kind that it does. */
const KNOWN_PROPERTIES: [string, string][] = [
  ['Extended_Pictographic', 'So'],
  ['Emoji_Modifier', 'Sk'],
  ['Default_Ignorable_Code_Point', 'Cf'],
  ['Noncharacter_Code_Point', 'Cn'],
]

/** Judged by how many characters are read, never by how long that takes, which a busy machine makes longer. */
const BY_STEPS = {
  timeout: 60_000,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
}

type Found = { pattern: string; flags: string; path: string }

const { literals, composed } = readSources()

function readSources(): { literals: Map<string, Found>; composed: Set<string> } {
  const literals = new Map<string, Found>()
  const composed = new Set<string>()
  const paths = ['node', 'federation', 'ui'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => `${folder}/${name}`),
  )
  for (const path of paths) {
    const { program, errors } = parseSync(path, readFileSync(join(ROOT, path), 'utf8'))
    expect(errors, path).toEqual([])
    const note = ({ callee }: { callee: object }) => {
      if ('name' in callee && callee.name === 'RegExp') composed.add(path)
    }
    new Visitor({
      Literal: (node) => {
        if (!('regex' in node)) return
        const { pattern, flags } = node.regex
        literals.set(`/${pattern}/${flags}`, { pattern, flags, path })
      },
      NewExpression: note,
      CallExpression: note,
    }).visit(program)
  }
  return { literals, composed }
}

describe('the regular expressions of the program', () => {
  test('are found', () => {
    expect(literals.size).toBeGreaterThan(300)
  })

  test('are each linear, or reviewed', { timeout: 600_000 }, () => {
    const wrong: string[] = []
    for (const [literal, { pattern, flags, path }] of literals) {
      const known = KNOWN_PROPERTIES.reduce(
        (text, [name, other]) => text.replaceAll(name, other),
        pattern,
      )
      const found = checkSync(known, flags, BY_STEPS)
      if (found.status !== 'safe' && !REVIEWED.has(literal))
        wrong.push(`${path}: ${literal} is ${found.status}`)
    }
    expect(wrong).toEqual([])
  })

  test('are reviewed only while they are there', () => {
    for (const literal of REVIEWED.keys()) expect(literals.has(literal), literal).toBe(true)
    expect([...composed].toSorted()).toEqual([...COMPOSED.keys()].toSorted())
  })
})
