import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './support/sources.ts'

/** Every link in the documents of the project leads to an existing file and to an existing heading. */

const listPapers = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listPapers(path)
    return entry.name.endsWith('.md') ? [path] : []
  })

const PAPERS = [
  ...readdirSync(ROOT)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(ROOT, name)),
  ...listPapers(join(ROOT, 'docs')),
]

const withoutCode = (text: string): string => text.replace(/^```.*?^```/gmsu, '')

/** Returns the anchor that forges make from a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/gu, '-')

const anchorsOf = (path: string): string[] => [
  ...[...withoutCode(readFileSync(path, 'utf8')).matchAll(/^#+ (.+)$/gmu)].map(([, words = '']) =>
    anchorOf(words),
  ),
  ...[...readFileSync(path, 'utf8').matchAll(/ id="([^"]+)"/gu)].map(([, id = '']) => id),
]

test.each(PAPERS.map((path) => relative(ROOT, path)))(
  'each link of %s leads to something',
  (name) => {
    const path = join(ROOT, name)
    const text = withoutCode(readFileSync(path, 'utf8')).replace(/`[^`\n]*`/gu, '')
    const dead = [...text.matchAll(/\]\(([^)\s]+)\)/gu)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/u.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#')
        const to = file ? join(dirname(path), decodeURIComponent(file)) : path
        if (!statSync(to, { throwIfNoEntry: false })) return true
        return anchor !== undefined && !anchorsOf(to).includes(decodeURIComponent(anchor))
      })
    expect(dead).toEqual([])
  },
)

test.each(PAPERS.map((path) => relative(ROOT, path)).filter((name) => /guides\//u.test(name)))(
  '%s is written with French apostrophes',
  (name) => {
    const text = withoutCode(readFileSync(join(ROOT, name), 'utf8'))
      .replace(/`[^`\n]*`/gu, '')
      .replace(/\]\([^)]*\)/gu, ']')
    expect(text.match(/.{0,20}\p{L}'\p{L}.{0,20}/gu) ?? []).toEqual([])
  },
)

test('no paper promises pictures of guides that have none', () => {
  const bare = PAPERS.filter((path) => /guides\//u.test(path)).filter(
    (path) => !readFileSync(path, 'utf8').includes('!['),
  )
  const lines = PAPERS.flatMap((path) => readFileSync(path, 'utf8').split('\n'))
  const promises = lines.filter((line) => /guides/u.test(line) && PROMISE.test(line))
  expect(bare.length === 0 ? [] : promises).toEqual([])
})

const PROMISE = /avec des images|en images|illustrés|with pictures/u

const DECISIONS = readdirSync(join(ROOT, 'docs/adr')).toSorted()

test('decisions are numbered without a gap, and each heading has the number of its file', () => {
  const headings = DECISIONS.map((name) =>
    readFileSync(join(ROOT, 'docs/adr', name), 'utf8')
      .match(/^# (\d+)\. /u)?.[1]
      ?.padStart(4, '0'),
  )
  const numbers = DECISIONS.map((_, index) => String(index + 1).padStart(4, '0'))
  expect(DECISIONS.map((name) => name.slice(0, 4))).toEqual(numbers)
  expect(headings).toEqual(numbers)
})

test('a link that names a decision by its number leads to it', () => {
  const links = PAPERS.flatMap((path) => [
    ...readFileSync(path, 'utf8').matchAll(
      /\[(?:ADR )?(\d+)\]\((?:[a-z/]*\/)?(\d{4})-[^)]+\.md\)/gu,
    ),
  ])
  expect(links.length).toBeGreaterThan(20)
  expect(links.filter(([, shown, file]) => Number(shown) !== Number(file))).toEqual([])
})

test('each dependency has a row that says what it is for', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const names = Object.keys({
    ...manifest.dependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
  })
  const rows = readFileSync(join(ROOT, 'docs/dependencies.md'), 'utf8').split('## Tried')[0] ?? ''
  const cells = rows.matchAll(/^\| (`[^|]+)\|/gmu)
  const explained = [...cells].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/gu)].map(([, name = '']) => name),
  )
  const isType = (name: string) => name.startsWith('@types/')
  expect(names.filter((name) => !isType(name) && !explained.includes(name))).toEqual([])
  expect(explained.filter((name) => !isType(name) && !names.includes(name))).toEqual([])
})
