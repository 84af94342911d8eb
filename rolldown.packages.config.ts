import { defineConfig } from 'rolldown'
import { BUNDLED_APART, packages } from './rolldown.config.ts'

/** What Node sees of a package, also of one that is CommonJS. */
async function listExports(name: string): Promise<string> {
  const found = Object.keys(await import(name)).filter((exported) => exported !== 'module.exports')
  return `export { ${found.join(', ')} } from '${name}'`
}

const PREFIX = 'apart:'

/** Bundles each of these packages into a file of its own. */
export default defineConfig({
  ...packages,
  input: Object.fromEntries(BUNDLED_APART.map((name) => [name, `${PREFIX}${name}.mjs`])),
  plugins: [
    {
      name: 'apart',
      resolveId: (id) => (id.startsWith(PREFIX) ? id : undefined),
      load: (id) =>
        id.startsWith(PREFIX) ? listExports(id.slice(PREFIX.length, -'.mjs'.length)) : undefined,
    },
  ],
})
