import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { START_OPTIONS } from '../bench/processes.ts'

const text = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

test.each([
  ['package.json', `node ${START_OPTIONS.join(' ')} bin/cafe-ia start`],
  ['contrib/cafe-ia.service', `node ${START_OPTIONS.join(' ')} bin/cafe-ia start`],
  ['Dockerfile', `"node", ${START_OPTIONS.map((option) => `"${option}", `).join('')}"/app/bin/`],
])('%s starts Node as the benches do', (path, words) => {
  expect(text(path)).toContain(words)
})
