/**
 * The one spelling of a host[:port], by which peers, blocks and requests are compared: A-labels (RFC 5890), lower case, no
 * default port, no trailing dot. `BÜCHER.example.:443`, `bücher.example` and `xn--bcher-kva.example` are one. Undefined when
 * it is no host.
 *
 * @param scheme - Whose default port is left out, `https:` unless another is given.
 */
export function toHost(text: string, scheme = 'https:'): string | undefined {
  const address = `${scheme}//${text.trim()}`
  if (text.trim() === '' || !URL.canParse(address)) return undefined
  const { hostname, port } = new URL(address)
  // Without the dot the name is read again: a digit at the end may make an address of it.
  const name = withoutEndDots(hostname)
  const bare = port === '' ? name : `${name}:${port}`
  return URL.canParse(`${scheme}//${bare}`) ? new URL(`${scheme}//${bare}`).host : undefined
}

function withoutEndDots(name: string): string {
  let end = name.length
  while (name[end - 1] === '.') end--
  return name.slice(0, end)
}

const HANDLE = /^@?([^@\s/]+)@([^@\s/?#]+)$/

/** `@name@host`, with or without the first `@`. */
export function parseHandle(text: string): { name: string; host: string } | undefined {
  const [, name = '', typed = ''] = HANDLE.exec(text.trim()) ?? []
  const host = toHost(typed)
  return name !== '' && host !== undefined ? { name, host } : undefined
}

export const isHandle = (text: string): boolean => parseHandle(text) !== undefined

/** What was typed to follow somebody, its host in the one spelling; the rest as it was typed. */
export function toFollowAddress(text: string): string {
  const handle = parseHandle(text)
  if (handle) return `${text.trim().startsWith('@') ? '@' : ''}${handle.name}@${handle.host}`
  const address = text.trim()
  const [beginning = '', scheme = '', typed = ''] = /^(https?:)\/\/([^/?#]*)/i.exec(address) ?? []
  const host = toHost(typed, scheme.toLowerCase())
  if (host === undefined) return text
  return `${scheme.toLowerCase()}//${host}${address.slice(beginning.length)}`
}
