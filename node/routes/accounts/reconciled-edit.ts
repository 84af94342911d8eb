import { createHash } from 'node:crypto'

/** The values of a form by name: a text, or the boxes that are ticked. */
type Values = { readonly [name: string]: string | readonly string[] | undefined }

/** Names that only make sense together: a place, a way to sign up. A name that is in no group stands alone. */
export type Groups = readonly (readonly string[])[]

/** Returns the names of the group of this one, itself included. */
export const groupOf = (groups: Groups = [], name: string): readonly string[] =>
  groups.find((group) => group.includes(name)) ?? [name]

/**
 * The result for a form that was open while somebody else saved the same object. `kept` are the names in which only the
 * other person changed something: their texts stay. `conflicts` are the first names of what both changed, differently.
 */
export type ReconciledEdit = { kept: string[]; conflicts: string[] }

const HASH_LENGTH = 12

/**
 * Returns the hashes of the values that a form showed, short enough to be sent with it: `name=hash` for a text,
 * `name*=hash` for boxes, separated by spaces. They show what was changed since, by the sender of the form and by
 * others.
 */
export const hashShown = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}${Array.isArray(value) ? BOXES : ''}=${hashOf(value)}`)
    .join(' ')

/** The mark of a name whose boxes a browser does not send when none is ticked; every form sends its texts. */
const BOXES = '*'

type Shown = { hash: string; isBoxes: boolean }

function readShown(text: string): Map<string, Shown> {
  const shown = new Map<string, Shown>()
  for (const part of text.split(' ')) {
    const [, name, boxes, hash] = /^([^=*]+)(\*?)=([\w-]+)$/.exec(part) ?? []
    if (name && hash) shown.set(name, { hash, isBoxes: boxes === BOXES })
  }
  return shown
}

/**
 * Compares what a form showed, what was sent and what is stored.
 * @param shown - What `hashShown` wrote when the form was opened; names that it lacks are not compared.
 * @param typed - What was sent.
 * @param current - What the form would show now.
 */
export function reconcileEdit(
  { shown, typed, current }: { shown: string; typed: Values; current: Values },
  groups: Groups = [],
): ReconciledEdit {
  const before = readShown(shown)
  const grouped = new Set(groups.flat())
  const alone = [...before.keys()].filter((name) => !grouped.has(name)).map((name) => [name])
  const merged: ReconciledEdit = { kept: [], conflicts: [] }
  for (const group of [...groups, ...alone]) {
    const names = group.filter((name) => before.has(name) && Object.hasOwn(current, name))
    // A value for which the form had no field was not changed in it.
    const isTyped = (name: string) => typed[name] !== undefined || before.get(name)?.isBoxes
    const differs = (values: Values) => (name: string) =>
      hashOf(values[name]) !== before.get(name)?.hash
    if (!names.some(differs(current))) continue
    const changed = names.filter(isTyped).filter(differs(typed))
    if (changed.length === 0) merged.kept.push(...names)
    else if (names.some((name) => isTyped(name) && hashOf(typed[name]) !== hashOf(current[name])))
      merged.conflicts.push(...names.slice(0, 1))
  }
  return merged
}

/**
 * Returns the hash of a value. Boxes in any order, lines with any line breaks, and an empty or a missing value are the
 * same.
 */
function hashOf(value: string | readonly string[] | undefined): string {
  const texts = [value ?? []].flat().filter((text) => text.trim() !== '')
  const text = JSON.stringify(texts.map((each) => each.replace(/\r\n?/g, '\n').trim()).sort())
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH)
}
