import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'oxc-parser'
import { checkSync } from 'recheck'
import { describe, expect, test } from 'vitest'
import { rememberChecked } from './support/full.ts'

/** Checks every regular expression in the sources of the program: none takes more than linear time. */

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Expressions that `recheck` reports as vulnerable, with the reason why they are not. */
const REVIEWED = new Map([
  [String.raw`/^export \{([^}]*)\};?$/gm`, 'reads scripts of the program’s own, once at the start'],
  [String.raw`/\/\*.*?\*\//gs`, 'reads the program’s own stylesheet, once at the start'],
])

/** Expressions that are composed at run time. A person has reviewed each for the texts that it matches. */
const COMPOSED = new Map([
  [
    'node/formats/csv/cafe-columns.ts',
    'the patterns of our own columns, anchored, without repetition in repetition',
  ],
  ['node/formats/csv/french-times.ts', 'anchored words and numbers, on a cell of 500 characters'],
  ['node/formats/mediation/opening-hours.ts', 'anchored days, on a cell of 2,000 characters'],
  ['node/geo/asked-words.ts', 'words at the beginning of a place, without repetition'],
  ['node/geo/asked/day-words.ts', 'days of a few words, on a place of 200 characters'],
  [
    'node/routes/http/compression.ts',
    'each comma or end of Accept-Encoding, which Node limits to 16 kB',
  ],
])

/** Unicode properties that `recheck` does not know, each with a similar one that it knows. */
const KNOWN_PROPERTIES: [string, string][] = [
  ['Extended_Pictographic', 'So'],
  ['Emoji_Modifier', 'Sk'],
  ['Default_Ignorable_Code_Point', 'Cf'],
  ['Noncharacter_Code_Point', 'Cn'],
]

/**
 * Expressions are judged by the number of characters read, not by the time, which depends on the load of the machine.
 */
const BY_STEPS = {
  timeout: 60_000,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
}

type Found = { pattern: string; flags: string; path: string }

const { literals, composed } = readSources()
const checked = rememberChecked('expressions', [
  ...['./regular-expressions.test.ts', '../node_modules/recheck/package.json'].map((path) =>
    readFileSync(new URL(path, import.meta.url), 'utf8'),
  ),
])

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
      if (!checked.isDue(literal)) continue
      const known = KNOWN_PROPERTIES.reduce(
        (text, [name, other]) => text.replaceAll(name, other),
        pattern,
      )
      const found = checkSync(known, flags, BY_STEPS)
      if (found.status !== 'safe' && !REVIEWED.has(literal))
        wrong.push(`${path}: ${literal} is ${found.status}`)
      else checked.pass(literal)
    }
    checked.save()
    expect(wrong).toEqual([])
  })

  test('are reviewed only while they are there', () => {
    for (const literal of REVIEWED.keys()) expect(literals.has(literal), literal).toBe(true)
    expect([...composed].toSorted()).toEqual([...COMPOSED.keys()].toSorted())
  })
})
