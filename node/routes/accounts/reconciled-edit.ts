import { createHash } from 'node:crypto'

/** What a form holds under each name: a text, or the boxes that are ticked. */
type Values = { readonly [name: string]: string | readonly string[] | undefined }

/** Names that mean one thing together: a place, a way to sign up. A name that is in no group is alone. */
export type Groups = readonly (readonly string[])[]

/** The names that mean one thing with this one, itself among them. */
export const groupOf = (groups: Groups = [], name: string): readonly string[] =>
  groups.find((group) => group.includes(name)) ?? [name]

/**
 * What became of a form that was open while somebody else saved the same thing. `kept` are the names in which only the
 * other one changed something: their words stay. `conflicts` are the first names of what both changed, in two ways.
 */
export type ReconciledEdit = { kept: string[]; conflicts: string[] }

const HASH_LENGTH = 12

/**
 * The values that a form showed, small enough to be sent along with it: `name=hash` for a text, `name*=hash` for boxes,
 * separated by spaces. It tells what was changed since, by whoever has the form and by everybody else.
 */
export const hashShown = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}${Array.isArray(value) ? BOXES : ''}=${hashOf(value)}`)
    .join(' ')

/** Stands behind a name whose boxes a browser does not send when none is ticked; a text is left out by no form. */
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
 * @param shown - What `hashShown` wrote when the form was opened; of names that it does not have nothing is said.
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
    // What the form had no field for was not changed in it.
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

/** Boxes in any order, lines however the browser ends them, and nothing where a name is missing, are the same. */
function hashOf(value: string | readonly string[] | undefined): string {
  const texts = [value ?? []].flat().filter((text) => text.trim() !== '')
  const text = JSON.stringify(texts.map((each) => each.replace(/\r\n?/g, '\n').trim()).sort())
  return createHash('sha256').update(text).digest('base64url').slice(0, HASH_LENGTH)
}
