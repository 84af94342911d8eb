/**
 * `npm run release`: in `release/out`, for each platform one archive that is unpacked and run where neither Node nor npm
 * nor a compiler is, with its list of components (CycloneDX), and the checksums of all. Platforms may be named:
 * `npm run release -- linux-arm64`. Needs GNU tar, xz, libatomic (see `layOut`) and the npm registry for what other platforms run.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { layOut, listNodePackages } from './contents.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OUT = join(ROOT, 'release/out')
const { version }: { version: string } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
)

/**
 * The options of xz for a processor. The filter for the machine code of x86 makes an archive 1.2 MB smaller; that for
 * ARM64 is unknown to the xz of many systems in use (before 5.4).
 */
const FILTERS: Readonly<Record<string, string>> = { x64: '--x86 --lzma2=preset=9' }

const known = [...listNodePackages(ROOT).keys()]
const named = process.argv.slice(2)
const unknown = named.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  say(`release: ${unknown.join(', ')}: one of ${known.join(', ')}.`)
  process.exit(1)
}
const platforms = named.length > 0 ? named : known

rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT, { recursive: true })
for (const platform of platforms) {
  const work = mkdtempSync(join(tmpdir(), 'cafe-ia-release-'))
  try {
    build(platform, work)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
const sums = readdirSync(OUT).map((name) => `${hash(readFileSync(join(OUT, name)))}  ${name}\n`)
writeFileSync(join(OUT, 'SHA256SUMS'), sums.join(''))
for (const sum of sums) process.stdout.write(sum)

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
  const sbom = describe(work)
  const folder = join(work, name)
  layOut(folder, { root: ROOT, installed: join(work, 'node_modules'), platform })
  writeFileSync(join(folder, 'sbom.cdx.json'), sbom)
  writeFileSync(join(OUT, `${name}.cdx.json`), sbom)
  say(`${name}: compressing`)
  const tar = ['--sort=name', '--mtime=2000-01-01', '--owner=0', '--group=0', '--numeric-owner']
  run(
    'tar',
    [...tar, '-I', `xz ${FILTERS[cpu] ?? '-9'}`, '-cf', join(OUT, `${name}.tar.xz`), name],
    work,
  )
}

/** What is installed, as CycloneDX in JSON; npm misses what only development needs wherever the manifest names it. */
function describe(work: string): Buffer {
  const { devDependencies: _, ...manifest } = JSON.parse(
    readFileSync(join(work, 'package.json'), 'utf8'),
  )
  writeFileSync(join(work, 'package.json'), JSON.stringify(manifest))
  return run(
    'npm',
    ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application'],
    work,
  )
}

/** @returns what it printed. */
function run(command: string, args: string[], cwd: string): Buffer {
  return execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1e8 })
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
