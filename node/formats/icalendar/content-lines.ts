import { decodeBytes } from '../csv/bytes-text.ts'

/** One property of an iCalendar component (RFC 5545 §3.1): `NAME;PARAM=value:value`, the value still escaped. */
export type ContentLine = { name: string; params: ReadonlyMap<string, string>; value: string }

export type Component = { name: string; lines: ContentLine[]; components: Component[] }

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9

/**
 * The maximum number of components inside one another: a calendar holds an event, which holds an alarm (RFC 5545 §3.6),
 * or a zone and its observances. Each END searches the open components, so that a file of BEGINs alone would take the
 * square of its length.
 */
export const DEPTH_MAX = 8

/**
 * Parses the components of an iCalendar stream, and whether the last of them has no END; undefined when more than 8 are
 * inside one another. It is tolerant: a line that is no property is skipped, and a missing or extra END changes nothing
 * else. Lines are unfolded as bytes before they are decoded, since RFC 5545 lets a fold stand inside a character.
 */
export function parseComponents(
  stream: string | Uint8Array,
): { components: Component[]; isCut: boolean } | undefined {
  const bytes = typeof stream === 'string' ? new TextEncoder().encode(stream) : stream
  const root: Component = { name: '', lines: [], components: [] }
  const stack = [root]
  for (const [line] of decodeBytes(unfold(bytes)).matchAll(/[^\r\n]+/g)) {
    const property = parseLine(line)
    if (!property) continue
    const parent = stack.at(-1) ?? root
    const value = property.value.trim().toUpperCase()
    if (property.name === 'BEGIN') {
      if (stack.length > DEPTH_MAX) return undefined
      const component = { name: value, lines: [], components: [] }
      parent.components.push(component)
      stack.push(component)
    } else if (property.name === 'END') {
      const index = stack.findLastIndex(({ name }) => name === value)
      if (index > 0) stack.length = index
    } else parent.lines.push(property)
  }
  return { components: root.components, isCut: stack.length > 1 }
}

/** Finds the first property of this name, in upper case; undefined where the component has none. */
export const findLine = (component: Component, name: string): ContentLine | undefined =>
  component.lines.find((line) => line.name === name)

/** Lists all properties of this name, in upper case, in the order of the file. */
export const listLines = (component: Component, name: string): ContentLine[] =>
  component.lines.filter((line) => line.name === name)

/** Unescapes a TEXT (RFC 5545 §3.3.11) in one pass: `\\n` is a backslash and an n, not a line break. */
export const unescapeText = (value: string): string =>
  value.replaceAll(/\\([\\;,nN:"])/g, (_, character: string) =>
    character === 'n' || character === 'N' ? '\n' : character,
  )

/** Splits a list of TEXT values at the commas that are not escaped. */
export const splitTexts = (value: string): string[] =>
  (value.match(/(?:\\.|[^,\\])+/g) ?? []).map((item) => unescapeText(item))

function unfold(bytes: Uint8Array): Uint8Array {
  const unfolded = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    const next = byte === CR && bytes[at + 1] === LF ? at + 2 : at + 1
    const breaks = byte === LF || byte === CR
    if (breaks && (bytes[next] === SPACE || bytes[next] === TAB)) at = next
    else unfolded[length++] = byte
  }
  return unfolded.subarray(0, length)
}

/** Most lines have none, and a file may have half a million lines. */
const NO_PARAMS = new Map<string, string>()

function parseLine(line: string): ContentLine | undefined {
  const name = /^\ufeff?([\w-]+)(?=[;:])/.exec(line)
  if (!name?.[1]) return undefined
  let params = NO_PARAMS
  let at = name[0].length
  if (line[at] === ';') params = new Map()
  while (line[at] === ';') {
    const param = /;([\w-]+)=("[^"]*"|[^";:]*(?:"[^"]*"[^";:]*)*)/y
    param.lastIndex = at
    const match = param.exec(line)
    if (!match?.[1]) return undefined
    params.set(match[1].toUpperCase(), (match[2] ?? '').replaceAll('"', ''))
    at = param.lastIndex
  }
  if (line[at] !== ':') return undefined
  return { name: name[1].toUpperCase(), params, value: line.slice(at + 1) }
}
