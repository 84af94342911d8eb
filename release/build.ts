/**
 * `npm run release`: in `release/out`, for each platform one archive that is unpacked and run where neither Node nor npm
 * nor a compiler is, with its list of components (CycloneDX), and the checksums of all that lies there, signed with
 * `--sign KEY`. Platforms may be named: `npm run release -- linux-arm64`; archives of others stay. The same sources on
 * the same Debian give the same bytes. Needs GNU tar, xz, libatomic (see `layOut`), ssh-keygen to sign, and the npm
 * registry for what other platforms run.
 */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { layOut, listNodePackages, pack } from './contents.ts'
import { completeSbom, readInstalled } from './sbom.ts'
import { signSums, writeSums } from './sums.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OUT = join(ROOT, 'release/out')
const { version }: { version: string } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
)

const { values, positionals: named } = parseArgs({
  allowPositionals: true,
  options: { sign: { type: 'string' } },
})
const known = [...listNodePackages(ROOT).keys()]
const unknown = named.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  say(`release: ${unknown.join(', ')}: one of ${known.join(', ')}.`)
  process.exit(1)
}

mkdirSync(OUT, { recursive: true })
for (const platform of named.length > 0 ? named : known) {
  const work = mkdtempSync(join(tmpdir(), 'cafe-ia-release-'))
  try {
    build(platform, work)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
process.stdout.write(writeSums(OUT))
if (values.sign === undefined) say('release: SHA256SUMS is not signed (--sign KEY).')
else signSums(OUT, { key: values.sign, signers: join(ROOT, 'release/signers') })

function build(platform: string, work: string): void {
  const name = `cafe-ia-${version}-${platform}`
  say(`${name}: installing what it runs`)
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(ROOT, file), join(work, file))
  const [os = '', cpu = ''] = platform.split('-')
  const target = ['--omit=dev', `--os=${os}`, `--cpu=${cpu}`, '--libc=glibc', '--loglevel=error']
  run('npm', ['ci', ...target], work)
  // What builds the program is not in it.
  run('npm', ['uninstall', 'rolldown', ...target], work)
  const [folder, installed] = [join(work, name), join(work, 'node_modules')]
  layOut(folder, { root: ROOT, installed, platform })
  const sbom = `${JSON.stringify(completeSbom(readInstalled(work), { installed, folder }), null, 2)}\n`
  writeFileSync(join(folder, 'sbom.cdx.json'), sbom)
  writeFileSync(join(OUT, `${name}.cdx.json`), sbom)
  say(`${name}: compressing`)
  pack(folder, join(OUT, `${name}.tar.xz`), cpu)
}

function run(command: string, args: string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
