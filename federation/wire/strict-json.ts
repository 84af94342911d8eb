import { randomUUID } from 'node:crypto'
import { CONTEXT } from './context.ts'
import { isObject, type Json } from './json.ts'

/**
 * Parses JSON in which no object has the same name twice (I-JSON, RFC 7493 §2.3, on which JCS relies too). Parsers
 * disagree about which of the two counts, so that one server could check another `actor` than the next one applies. The
 * same rule holds for what is posted and for what is fetched; a signature or a proof is verified over what this
 * returned.
 *
 * @throws SyntaxError when it is no JSON; `TooComplexError`, before anything is parsed, when it is nested deeper or has
 * more names or values than any document of ours or of a peer; `DuplicateNameError` when a name comes twice, however it
 * is escaped.
 */
export function parseStrictJson(text: string, most: Most = OF_FETCHED): unknown {
  const short = text.replaceAll(OURS.member, OURS.shortMember)
  const times = (text.length - short.length) / (OURS.member.length - OURS.shortMember.length)
  return parseShort(short, times, most)
}

/**
 * Parses the same of UTF-8. Our own context is left out before the text is decoded, as two bytes for each character.
 * @throws The same errors.
 */
export function parseStrictBytes(bytes: Buffer, most: Most = OF_FETCHED): unknown {
  const parts: Buffer[] = []
  let from = 0
  for (let at = bytes.indexOf(OURS.memberBytes); at !== -1; ) {
    parts.push(bytes.subarray(from, at), OURS.shortMemberBytes)
    from = at + OURS.memberBytes.length
    at = bytes.indexOf(OURS.memberBytes, from)
  }
  const short = from === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(from)])
  return parseShort(UTF_8.decode(short), parts.length / 2, most)
}

/** A decoder that leaves out a mark of the order of bytes, and keeps nothing between two texts. */
const UTF_8 = new TextDecoder()

/**
 * Writes what `parseStrictJson` gave, as `JSON.stringify` does. Our own context is not written anew where the document
 * has it, or what it holds, as its proof.
 */
export function writeJson(document: Json): string {
  const short: Record<string, unknown> = { ...withStandIn(document) }
  for (const [name, child] of Object.entries(short))
    if (isObject(child)) short[name] = withStandIn(child)
  return JSON.stringify(short).replaceAll(OURS.shortMember, OURS.member)
}

const withStandIn = (document: Json): Json =>
  document['@context'] === CONTEXT ? { ...document, '@context': OURS.standIn } : document

/** Parses a text in which our context was left out `times` times. */
function parseShort(short: string, times: number, most: Most): unknown {
  const read = scan(short, most)
  if (times > 0)
    refuseAbove(most, {
      names: read.names + times * OURS.size.names,
      values: read.values + times * OURS.size.values,
      depth: read.deepest,
    })
  const document = { value: JSON.parse(short) as unknown }
  // One more name is that of the wrapping object, which is no level of the text.
  if (read.names + 1 !== fillIn(document, 0)) throw new DuplicateNameError()
  return document.value
}

/**
 * The deepest nesting; JSON-LD that peers write has a depth of ten. A megabyte of brackets costs the parser a quarter
 * of a second.
 */
const MAX_DEPTH = 32
/**
 * Limits of a document. `values` counts commas and brackets, which are never fewer than the values in lists and
 * objects.
 */
type Most = { names: number; values: number }

/** The limits for what anybody may post: an activity has some hundreds of names and values. */
export const OF_POSTED: Most = { names: 20_000, values: 50_000 }

/**
 * The limits for what we fetched: a page of our own outbox, of 50 activities that repeat their contexts, has 20,000
 * names; a mebibyte of 2,600 short Events has 24,000. Names that all differ cost most: the parser then blocks the event
 * loop for 50 ms.
 */
const OF_FETCHED: Most = { names: 40_000, values: 100_000 }

export class DuplicateNameError extends SyntaxError {
  override name = 'DuplicateNameError'
  constructor() {
    super('an object has the same name twice')
  }
}

/** The error of a document that exceeds a limit. Its message completes a sentence that begins with "it is". */
export class TooComplexError extends SyntaxError {
  override name = 'TooComplexError'
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const SPACE = 0x20
const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d

const tooDeep = () => new TooComplexError(`nested deeper than ${MAX_DEPTH}`)

type Size = { names: number; values: number; depth: number }

/** @throws TooComplexError */
function refuseAbove(most: Most, { names, values, depth }: Size): void {
  if (depth > MAX_DEPTH) throw tooDeep()
  if (names > most.names) throw new TooComplexError(`of more than ${most.names} names`)
  if (values > most.values) throw new TooComplexError(`of more than ${most.values} values`)
}

/**
 * Counts the names, which are the strings before a colon, in one pass; the result is right for valid JSON.
 * @throws TooComplexError
 */
function scan(text: string, most: Most): Size & { deepest: number } {
  // One object for all steps: one for each would cost as much as the rest.
  const size = { names: 0, values: 0, depth: 0, deepest: 0 }
  let wasString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
      wasString = true
    } else if (code > SPACE) {
      if (code === COLON && wasString) size.names++
      else if (code === OPENING_BRACE || code === OPENING_BRACKET) {
        size.values++
        size.depth++
        if (size.depth > size.deepest) size.deepest = size.depth
      } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) size.depth--
      else if (code === COMMA) size.values++
      wasString = false
      refuseAbove(most, size)
    }
  }
  return size
}

/**
 * Returns the position of the closing quote of the string that begins here: one after an even number of backslashes.
 */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text.charCodeAt(before - 1) === BACKSLASH) before--
    if ((end - before) % 2 === 0) return end
  }
  return text.length
}

/**
 * Counts the names in an object or a list, which is `depth` levels deep, and puts our context where the text had its
 * short form.
 * @throws TooComplexError where the context reaches deeper than `MAX_DEPTH`.
 */
function fillIn(parent: object, depth: number): number {
  const names = Object.keys(parent)
  let total = Array.isArray(parent) ? 0 : names.length
  for (const name of names) {
    const child = (parent as Record<string, unknown>)[name]
    if (typeof child === 'object' && child !== null) total += fillIn(child, depth + 1)
    else if (child === OURS.standIn) {
      if (depth + OURS.size.deepest > MAX_DEPTH) throw tooDeep()
      Object.assign(parent, { [name]: CONTEXT })
    }
  }
  return total
}

/**
 * Our own context makes up two thirds of an activity about a café, which has it four times. It is not read each time:
 * its text is shortened to a string that nobody can guess, which is then replaced by the one value of `CONTEXT`. Both
 * are whole values, and they follow a colon, so that any other text is valid, and means the same, with either.
 */
const OURS = (() => {
  const text = JSON.stringify(CONTEXT)
  const standIn = randomUUID()
  const member = (value: string) => `"@context":${value}`
  const shortMember = member(JSON.stringify(standIn))
  return {
    member: member(text),
    memberBytes: Buffer.from(member(text)),
    shortMember,
    shortMemberBytes: Buffer.from(shortMember),
    standIn,
    size: scan(text, OF_FETCHED),
  }
})()
