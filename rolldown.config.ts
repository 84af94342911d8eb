import { fileURLToPath } from 'node:url'
import {
  type ChunkingContext,
  defineConfig,
  type OutputOptions,
  type RolldownOptions,
} from 'rolldown'

/** Compiled for one machine each, or asked for only where they are installed: they are loaded from node_modules. */
const EXTERNAL = ['better-sqlite3', 'sharp', 'pg-native']

/** What the running program reads in node_modules: those, and the packages whose files it serves to browsers. */
export const READ_AS_FILES = [
  ...EXTERNAL,
  '@fontsource/atkinson-hyperlegible',
  '@noble/ed25519',
  'accessible-autocomplete',
  'leaflet',
]

/** Large packages that no server needs at its start: each is a file of its own, bundled by a process of its own. */
export const BUNDLED_APART = [
  'age-encryption',
  'jsonld',
  'node-ical',
  'nodemailer',
  'opentype.js',
  'pdfkit',
  'pg',
  'undici',
]

const output: OutputOptions = {
  // bin/build puts it in the place of dist once all of it is there.
  dir: 'dist.new',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  charset: 'ascii',
  // bin/minify-chunks minifies, in a process of its own.
  minify: false,
  comments: { legal: false },
  sourcemap: true,
  sourcemapExcludeSources: true,
}

/**
 * Returns a function that names the chunk of a module by those of these inputs and of `LOADED_NEXT` that reach
 * it, so that a server reads about ten files at its start, and the command line and the threads read only what they
 * need. Other modules are left to Rolldown, which divides what seventy dynamic imports share into so many chunks that a
 * server read 142. No chunk imports itself through another one, since whatever reaches a module also reaches what that
 * module imports.
 */
function createChunkNames(
  inputs: Record<string, string>,
): (id: string, graph: ChunkingContext) => string | undefined {
  let names: Map<string, string> | undefined
  return (id, graph) => {
    names ??= nameChunks({ ...inputs, ...LOADED_NEXT }, graph)
    return names.get(id)
  }
}

/** What a process loads next, as one: the command line, then a server. */
const LOADED_NEXT = { cli: 'node/cli.ts', server: 'node/commands/start.ts' }

function nameChunks(sources: Record<string, string>, graph: ChunkingContext): Map<string, string> {
  const names = new Map<string, string>()
  for (const [name, source] of Object.entries(sources)) {
    const reached = new Set([fileURLToPath(new URL(source, import.meta.url))])
    for (const id of reached) {
      for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) reached.add(imported)
      const others = names.get(id)
      names.set(id, others === undefined ? name : `${others}+${name}`)
    }
  }
  return names
}

/** Returns how the bundle of these inputs, named by their sources, is divided into files. */
export const divideInto = (
  inputs: Record<string, string>,
): NonNullable<OutputOptions['codeSplitting']> => ({
  includeDependenciesRecursively: false,
  groups: [{ debugName: 'loaded first', name: createChunkNames(inputs) }],
})

/** The running program: few files that are read quickly, whatever the number of modules. */
export const program = {
  input: {
    main: 'node/main.ts',
    'import-worker': 'node/routes/data/imports/import-worker.ts',
    'print-worker': 'node/routes/kit/print-worker.ts',
    'backup-worker': 'node/jobs/backup/backup-worker.ts',
    'vacuum-worker': 'node/store/database/write-log/vacuum-worker.ts',
    'checkpoint-worker': 'node/store/database/write-log/checkpoint-worker.ts',
  },
  external: [...EXTERNAL, ...BUNDLED_APART],
  platform: 'node',
  preserveEntrySignatures: 'allow-extension',
  output: {
    ...output,
    paths: Object.fromEntries(BUNDLED_APART.map((name) => [name, `./${name}.js`])),
  },
} satisfies RolldownOptions

/** What the packages of `BUNDLED_APART` have in common; it is bundled first. */
export const packages = {
  external: EXTERNAL,
  platform: 'node',
  // What would fetch contexts (1/8 of the whole); we give them to jsonld ourselves.
  resolve: { alias: { '@digitalbazaar/http-client': false } },
  output: { ...output, entryFileNames: 'chunks/[name].js', cleanDir: true },
} satisfies RolldownOptions

/** What checks proofs, for a browser: `/verifier` serves it inside its script, to be read by whoever wants to. */
export const verification = {
  input: { verification: 'node/domain/federation/verification.ts' },
  output: { ...output, comments: true, sourcemap: false },
} satisfies RolldownOptions

export default defineConfig([
  { ...program, output: { ...program.output, codeSplitting: divideInto(program.input) } },
  verification,
])
