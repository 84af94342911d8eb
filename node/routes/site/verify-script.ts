import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PROJECT_ROOT } from '../../program/project-root.ts'

/**
 * Returns the script of `/verifier`: the curve, the rules and the page's own code in one classic script, since browsers
 * load no modules from a page that was saved to a file. It is the same code as here:
 * `node/domain/federation/verification.ts` as it is compiled.
 */
export function verifyScript(): string {
  const curve = fileURLToPath(import.meta.resolve('@noble/ed25519'))
  const rules = join(PROJECT_ROOT, 'dist/verification.js')
  const page = join(PROJECT_ROOT, 'ui/public/verify.js')
  return `;(() => {
const curve = ${asObject(readFileSync(curve, 'utf8'))}
const rules = ${asObject(readFileSync(rules, 'utf8'))}
${readFileSync(page, 'utf8')}
})()
`
}

const DECLARATION = /^export (?=(?:async )?(?:function\*?|const|class) ?\*? ?(\w+))/gm
const LIST = /^export \{([^}]*)\};?$/gm

/** Returns a module that imports nothing, as an expression whose value is its exports. */
function asObject(module: string): string {
  const names = [
    ...[...module.matchAll(DECLARATION)].map(([, name]) => name),
    ...[...module.matchAll(LIST)].flatMap(([, list = '']) =>
      list.split(',').map((name) => name.trim()),
    ),
  ].filter(Boolean)
  const body = module.replace(DECLARATION, '').replace(LIST, '')
  return `(() => {\n${body}\nreturn { ${names.join(', ')} }\n})()`
}
