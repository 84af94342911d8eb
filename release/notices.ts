import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type Lock = { packages: Record<string, { version?: string; license?: string }> }

/**
 * One file with the licence of each package that `npm ci --omit=dev` installed, Node among them: those in the bundle
 * come without theirs, and most ask that it goes with every copy.
 */
export function writeNotices(file: string, installed: string): void {
  const lock: Lock = JSON.parse(readFileSync(join(installed, '.package-lock.json'), 'utf8'))
  const notices = Object.entries(lock.packages).flatMap(([path, { version, license, ...rest }]) => {
    const name = path.replace(/^.*node_modules\//, '')
    const folder = join(installed, path.slice('node_modules/'.length))
    if ('dev' in rest || 'devOptional' in rest || !existsSync(folder)) return []
    return [`## ${name} ${version} (${license ?? 'see below'})\n\n${readLicences(folder)}`]
  })
  writeFileSync(file, `${[...notices, LIBATOMIC, CONTEXTS].join('\n\n')}\n`)
}

const LIBATOMIC = `## libatomic (GPL-3.0-or-later with the GCC Runtime Library Exception 3.1)

Part of GCC, from Debian, in the releases for Linux: https://gcc.gnu.org/onlinedocs/libstdc++/manual/license.html`

const CONTEXTS = `## @fedify/vocab-runtime (MIT), of which the program has the JSON-LD contexts

Copyright 2024–2026 Hong Minhee

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`

/** Where a package has no file of its own for it, its README says under which licences it is. */
function readLicences(folder: string): string {
  const names = readdirSync(folder)
  const own = names.filter((name) => /^(?:licen[cs]e|notice|copying)/i.test(name))
  return (own.length > 0 ? own : names.filter((name) => /^readme/i.test(name)))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n')
}
