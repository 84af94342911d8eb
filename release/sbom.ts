import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'

/** A component of CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/). */
type Component = {
  type: string
  'bom-ref': string
  name: string
  version?: string
  purl?: string
  cpe?: string
  hashes?: { alg: string; content: string }[]
}
export type Sbom = {
  serialNumber?: string
  metadata: {
    timestamp?: string
    tools: { name: string; version?: string }[]
    component: Component
  }
  components: Component[]
  dependencies: { ref: string; dependsOn: string[] }[]
}

/**
 * Returns what `npm ci` installed in `work`, by `npm sbom`. npm misses what only development needs wherever the manifest
 * names it, hence the manifest there is written anew without.
 */
export function readInstalled(work: string): Sbom {
  const path = join(work, 'package.json')
  const { devDependencies: _, ...manifest } = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify(manifest))
  const options = ['--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application']
  return JSON.parse(
    execFileSync('npm', ['sbom', ...options], { cwd: work, maxBuffer: 1e8 }).toString(),
  )
}

/**
 * Completes what npm knows of a release with what lies within its binaries, and leaves out what each making would say
 * differently: the time, the serial number, the name of the folder, the version of npm.
 *
 * @param release.installed The `node_modules` of the platform.
 * @param release.folder The release, laid out.
 */
export function completeSbom(
  { serialNumber: _, ...sbom }: Sbom,
  release: { installed: string; folder: string },
): Sbom {
  const { component, tools } = sbom.metadata
  const program = component['bom-ref']
  const parts = listParts(release)
  const components = [...sbom.components, ...parts.map(({ part }) => part)]
  const within = Map.groupBy(parts, ({ holder }) =>
    holder === undefined
      ? program
      : (components.find(({ name }) => name === holder)?.['bom-ref'] ?? program),
  )
  return {
    ...sbom,
    metadata: {
      tools: tools.map(({ version: _version, ...tool }) => tool),
      component: { ...component, name: 'cafe-ia' },
    },
    components,
    dependencies: components
      .concat(component)
      .map((each) => each['bom-ref'])
      .map((ref) => ({
        ref,
        dependsOn: [
          ...(sbom.dependencies.find((known) => known.ref === ref)?.dependsOn ?? []),
          ...(within.get(ref) ?? []).map(({ part }) => part['bom-ref']),
        ],
      })),
  }
}

/** A component within another one, which is named; within the program itself where it is not. */
type Part = { holder: string | undefined; part: Component }

/** What the National Vulnerability Database calls them: scanners find by it what no registry of packages has. */
const CPE: Record<string, string> = {
  node: 'nodejs:node.js',
  openssl: 'openssl:openssl',
  sqlite: 'sqlite:sqlite',
  libvips: 'libvips:libvips',
}

const toPart = (holder: string | undefined, name: string, version: string): Part => ({
  holder,
  part: {
    type: name === 'node' ? 'platform' : 'library',
    'bom-ref': [...(holder === undefined ? [] : [holder]), `${name}@${version}`].join('/'),
    name,
    version,
    purl: `pkg:generic/${name}@${version}`,
    ...(CPE[name] && { cpe: `cpe:2.3:a:${CPE[name]}:${version}:*:*:*:*:*:*:*` }),
  },
})

function listParts({ installed, folder }: { installed: string; folder: string }): Part[] {
  return [...listPartsOfNode(installed), ...listPartsOfSharp(installed), sqlite(), ...own(folder)]
}

/** What `process.versions` has besides parts: Node itself, numbers of interfaces, and what is in ICU. */
const NO_PARTS = ['node', 'modules', 'napi', 'cldr', 'tz', 'unicode']

/** The Node that builds has the version of that for the platform, and so the same parts. */
function listPartsOfNode(installed: string): Part[] {
  const name = readdirSync(installed).find((each) => /^node-(?:bin-)?(?:linux|darwin)/.test(each))
  const { version } = JSON.parse(
    readFileSync(join(installed, name ?? '', 'package.json'), 'utf8'),
  ) as { version: string }
  const { node, ...others } = process.versions
  if (node !== version) throw new Error(`release: this is Node ${node}, and not ${version}`)
  return [
    toPart(name, 'node', node),
    ...Object.entries(others).flatMap(([part, its]) =>
      its && !NO_PARTS.includes(part) ? [toPart('node', fullName(part), its)] : [],
    ),
  ]
}

/** What Node and libvips call by a short name. */
const FULL_NAMES: Record<string, string> = { ares: 'c-ares', uv: 'libuv', vips: 'libvips' }
const fullName = (name: string): string => FULL_NAMES[name] ?? name

function listPartsOfSharp(installed: string): Part[] {
  const scope = join(installed, '@img')
  return readdirSync(scope)
    .filter((name) => name.startsWith('sharp-libvips-'))
    .flatMap((name) => {
      const versions: Record<string, string> = JSON.parse(
        readFileSync(join(scope, name, 'versions.json'), 'utf8'),
      )
      return Object.entries(versions).map(([part, version]) =>
        toPart(`@img/${name}`, fullName(part), version),
      )
    })
}

function sqlite(): Part {
  const db = new SQLite(':memory:')
  const version = String(db.prepare('select sqlite_version()').pluck().get())
  db.close()
  return toPart('better-sqlite3', 'sqlite', version)
}

/** The library of Debian that comes along, by its hash; its version is that of the Debian of the machine that builds. */
function own(folder: string): Part[] {
  const path = join(folder, 'lib/libatomic.so.1')
  if (!existsSync(path)) return []
  const content = createHash('sha256').update(readFileSync(path)).digest('hex')
  const part = { type: 'file', 'bom-ref': 'libatomic', name: 'libatomic.so.1' }
  return [{ holder: undefined, part: { ...part, hashes: [{ alg: 'SHA-256', content }] } }]
}
