import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Whether everything is checked anew, as before a release: `CI_FULL=1`. An ordinary run takes fewer random cases, and
 * checks only what changed where a check gives the same answer for the same input.
 */
export const IS_FULL = process.env.CI_FULL === '1'

/** Returns how often something is tried: fewer times in an ordinary run. */
export const times = (ordinary: number, full: number): number => (IS_FULL ? full : ordinary)

type Checked = {
  /** Returns whether the check of this input has to run. */
  isDue: (input: string) => boolean
  /** Says that this input passed. */
  pass: (input: string) => void
  /** Keeps what passed, where everything was checked on a developer's machine. */
  save: () => void
}

/**
 * Remembers which inputs passed a check that is slow and depends on nothing but the input and on `rules`: texts of the
 * programs that check, and all else that could change the answer. The file is part of the sources:
 * `test/checked/<name>.txt` has a hash a line; `CI_FULL=1 npx vitest run <file>` writes it anew.
 */
export function rememberChecked(name: string, rules: readonly string[]): Checked {
  const file = new URL(`../checked/${name}.txt`, import.meta.url)
  const rule = createHash('sha256').update(JSON.stringify(rules)).digest()
  const keyOf = (input: string) =>
    createHash('sha256').update(rule).update(input).digest('base64url').slice(0, 16)
  const known = new Set(readFileSync(file, 'utf8').split('\n'))
  const passed = new Set<string>()
  return {
    isDue: (input) => IS_FULL || !known.has(keyOf(input)),
    pass: (input) => passed.add(keyOf(input)),
    save: () => {
      if (IS_FULL && !process.env.CI && passed.size > 0)
        writeFileSync(file, `${[...passed].toSorted().join('\n')}\n`)
    },
  }
}
