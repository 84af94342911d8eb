import { expect, test } from 'vitest'
import { readSources } from '../support/sources.ts'

/** Operators read French, so each sentence in which a command or a setting refuses must be French. */

const REFUSAL = /new (?:CommandError|ConfigError|UnfitDatabase|RefusedCopy|RefusedBackup)\(/g

/** Matches calls whose message begins with, or follows, the name of a setting. */
const SETTING = /\b(?:must|addIssue|complain)\(/g

const ENGLISH =
  /\b(?:the|is|are|of|not|must|cannot|needs?|first|with|and|got|there|nothing|has|in)\b/

/** Returns the literal texts in the call that begins at `start`, without their placeholders. */
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
    ...(path === 'node/settings/settings.ts' ? textsOfCall(code, 0) : []),
  ])
  expect(texts.length).toBeGreaterThan(60)
  expect(texts.filter((text) => ENGLISH.test(text))).toEqual([])
})
