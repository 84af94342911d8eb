/**
 * JSON in which no object has the same name twice (I-JSON, RFC 7493 §2.3, which JCS signs too). Parsers disagree about which
 * of the two counts, so that one server could check another `actor` than the next one applies. The same rule for what is
 * posted and for what is fetched; a signature or a proof is read from what this returned.
 *
 * @throws SyntaxError when it is no JSON, and `DuplicateNameError` when a name comes twice, however it is escaped.
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (countWrittenNames(text) !== countNames(value)) throw new DuplicateNameError()
  return value
}

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

/** Of valid JSON: the strings before a colon. One pass. */
function countWrittenNames(text: string): number {
  let total = 0
  let isString = false
  let wasString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) isString = false
    } else if (code === QUOTE) {
      isString = true
      wasString = true
    } else if (code === COLON) {
      if (wasString) total++
      wasString = false
    } else if (code > SPACE) wasString = false
  }
  return total
}

/** Without recursion: what is fetched may be nested as deep as it is long. */
function countNames(value: unknown): number {
  let total = 0
  const waiting = [value]
  while (waiting.length > 0) {
    const next = waiting.pop()
    if (typeof next !== 'object' || next === null) continue
    const children = Object.values(next)
    if (!Array.isArray(next)) total += children.length
    for (const child of children) waiting.push(child)
  }
  return total
}
