import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The program's sources as text, with what each imports, for the tests of the architecture. */

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type Import = {
  /** The path from the root when it is a file of ours (`node/store/cafes/cafes.ts`), otherwise the package's name. */
  name: string
  isType: boolean
  /** The text between `import` and the name. */
  words: string
}

export type Source = {
  /** The path from the root, e.g. `node/store/cafes/cafes.ts`. */
  path: string
  text: string
  /** The source without comments. */
  code: string
  imports: Import[]
}

export const isOurs = ({ name }: Import): boolean => /^(node|federation|ui)\//.test(name)

/** Reads every TypeScript file of these folders of the root; without a parameter those of the program. */
export const readSources = (folders = ['node', 'federation', 'ui']): Source[] =>
  folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.d\.ts$|node_modules/.test(name))
      .map((name) => readSource(join(folder, name))),
  )

function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  const statements = code.matchAll(
    /^(?:import|export)\s+(type\s)?([^;'"]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/gm,
  )
  const imports = [...statements].map(([, type, words = '', name, lazy]) => {
    const target = name ?? lazy ?? ''
    return {
      name: target.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(path), target)) : target,
      isType: type !== undefined,
      words,
    }
  })
  return { path, text, code, imports }
}
