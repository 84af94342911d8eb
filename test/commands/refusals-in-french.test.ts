import { expect, test } from 'vitest'
import { readSources } from '../support/sources.ts'

/** Whoever keeps a site reads French: so is each sentence by which a command or a setting refuses. */

const REFUSAL = /new (?:CommandError|ConfigError|UnfitDatabase|RefusedCopy|RefusedBackup)\(/g

/** Of a message that begins or goes on after the name of a setting. */
const SETTING = /\b(?:must|addIssue|complain)\(/g

const ENGLISH =
  /\b(?:the|is|are|of|not|must|cannot|needs?|first|with|and|got|there|nothing|has|in)\b/

/** The literal texts within the call that begins at `start`; what is filled in is left out. */
function textsOfCall(source: string, start: number): string[] {
  let depth = 1
  let end = start
  for (; depth > 0 && end < source.length; end++) {
    if (source[end] === '(') depth += 1
    if (source[end] === ')') depth -= 1
  }
  return [...source.slice(start, end).matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)].map(
    ([, one, two, template = '']) => one ?? two ?? template.replaceAll(/\$\{[^}]*\}/g, ''),
  )
}

const textsIn = (code: string, call: RegExp): string[] =>
  [...code.matchAll(call)].flatMap(({ index, 0: found }) => textsOfCall(code, index + found.length))

test('each refusal of a command, of a setting and of a database is French', () => {
  const texts = readSources().flatMap(({ path, code }) => [
    ...textsIn(code, REFUSAL),
    ...(/^node\/(?:setting-kinds|cli)\.ts$/.test(path) ? textsIn(code, SETTING) : []),
  ])
  expect(texts.length).toBeGreaterThan(60)
  expect(texts.filter((text) => ENGLISH.test(text))).toEqual([])
})
