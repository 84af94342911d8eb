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
  writeFileSync(file, `${[...notices, LIBATOMIC].join('\n\n')}\n`)
}

const LIBATOMIC = `## libatomic (GPL-3.0-or-later with the GCC Runtime Library Exception 3.1)

Part of GCC, from Debian, in the releases for Linux: https://gcc.gnu.org/onlinedocs/libstdc++/manual/license.html`

/** Where a package has no file of its own for it, its README says under which licences it is. */
function readLicences(folder: string): string {
  const names = readdirSync(folder)
  const own = names.filter((name) => /^(?:licen[cs]e|notice|copying)/i.test(name))
  return (own.length > 0 ? own : names.filter((name) => /^readme/i.test(name)))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n')
}
