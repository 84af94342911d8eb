/**
 * JSON in which no object has the same name twice (I-JSON, RFC 7493 §2.3, which JCS signs too). Parsers disagree about which
 * of the two counts, so that one server could check another `actor` than the next one applies. The same rule for what is
 * posted and for what is fetched; a signature or a proof is read from what this returned.
 *
 * @throws SyntaxError when it is no JSON or is nested deeper than any document of ours or of a peer, and
 *   `DuplicateNameError` when a name comes twice, however it is escaped.
 */
export function parseStrictJson(text: string): unknown {
  // Before it is parsed: a megabyte of brackets costs the parser a quarter of a second.
  const { names, depth } = scan(text)
  if (depth > MAX_DEPTH) throw new SyntaxError(`nested deeper than ${MAX_DEPTH}`)
  const value: unknown = JSON.parse(text)
  if (names !== countNames(value)) throw new DuplicateNameError()
  return value
}

const MAX_DEPTH = 128

export class DuplicateNameError extends SyntaxError {
  override name = 'DuplicateNameError'
  constructor() {
    super('an object has the same name twice')
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const SPACE = 0x20
const OPENING = [0x5b, 0x7b]
const CLOSING = [0x5d, 0x7d]

/** The names that are written, which are the strings before a colon, and how deep it goes. One pass; of valid JSON. */
function scan(text: string): { names: number; depth: number } {
  let names = 0
  let depth = 0
  let deepest = 0
  let wasString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
      wasString = true
    } else if (code > SPACE) {
      if (code === COLON && wasString) names++
      else if (OPENING.includes(code)) deepest = Math.max(deepest, ++depth)
      else if (CLOSING.includes(code)) depth--
      wasString = false
    }
  }
  return { names, depth: deepest }
}

/** Where the string that begins here has its other quote: one after an even number of backslashes. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end
    while (text.charCodeAt(before - 1) === BACKSLASH) before--
    if ((end - before) % 2 === 0) return end
  }
  return text.length
}

function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let total = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const child of Object.values(value)) total += countNames(child)
  return total
}
