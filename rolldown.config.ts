import { defineConfig, type OutputOptions, type RolldownOptions } from 'rolldown'

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

const output: OutputOptions = {
  dir: 'dist',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  // Of text that is ASCII, V8 keeps one byte for each character.
  charset: 'ascii',
  // Names of functions and classes stay, for stack traces; `NODE_OPTIONS=--enable-source-maps` shows the lines of the sources.
  minify: { mangle: { toplevel: false, keepNames: true }, compress: true, codegen: true },
  // Those of licences stand in node_modules, some of them in letters that are not ASCII.
  comments: { legal: false },
  sourcemap: true,
  sourcemapExcludeSources: true,
  cleanDir: true,
}

/** The running program: few files that are read quickly, whatever the number of modules. */
export const program = {
  input: {
    main: 'node/main.ts',
    'import-worker': 'node/routes/data/imports/import-worker.ts',
    'backup-worker': 'node/jobs/backup/backup-worker.ts',
    'vacuum-worker': 'node/store/database/vacuum-worker.ts',
  },
  external: EXTERNAL,
  platform: 'node',
  // What would fetch contexts (1/8 of the whole); we give them to jsonld ourselves.
  resolve: { alias: { '@digitalbazaar/http-client': false } },
  // Of Fedify's runtime only the contexts are read; the rest brings a library of certificates.
  treeshake: {
    moduleSideEffects: [
      {
        test: /node_modules\/(?:@fedify\/vocab-runtime|pkijs|asn1js|bytestreamjs)\//,
        sideEffects: false,
      },
    ],
  },
  output,
} satisfies RolldownOptions

/** What checks proofs, for a browser: `/verifier` serves it inside its script, to be read by whoever wants to. */
export const verification = {
  input: { verification: 'node/domain/federation/verification.ts' },
  output: { ...output, minify: false, comments: true, sourcemap: false, cleanDir: false },
} satisfies RolldownOptions

export default defineConfig([program, verification])
