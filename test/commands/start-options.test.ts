import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { START_ENVIRONMENT, START_OPTIONS } from '../bench/processes.ts'

const text = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')

test.each([
  ['package.json', `node \${NODE_FLAGS:-${START_OPTIONS.join(' ')}} bin/cafe-ia start`],
  ['release/cafe-ia', `node" \${NODE_FLAGS:-${START_OPTIONS.join(' ')}} "$root/dist/main.js"`],
  [
    'package.json',
    `export ${Object.entries(START_ENVIRONMENT)
      .map(([name, value]) => `${name}=\${${name}:-${value}}`)
      .join(' ')} &&`,
  ],
  ...Object.entries(START_ENVIRONMENT).map(([name, value]) => [
    'release/cafe-ia',
    `export ${name}="\${${name}:-${value}}"`,
  ]),
  ['contrib/cafe-ia.service', 'ExecStart=/opt/cafe-ia/bin/cafe-ia start'],
  ['contrib/cafe-ia@.service', 'ExecStart=/opt/cafe-ia/bin/cafe-ia start'],
  ['Dockerfile', 'ENTRYPOINT ["cafe-ia"]'],
])('%s starts Node as the benches do, or by the release’s launcher', (path, words) => {
  expect(text(path)).toContain(words)
})
