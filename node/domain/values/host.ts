/**
 * Normalises a `host[:port]` to the one spelling by which peers, blocks and requests are compared: A-labels (RFC 5890),
 * lower case, no default port, no trailing dot. `BÜCHER.example.:443`, `bücher.example` and `xn--bcher-kva.example` are
 * one host. Undefined when it is no host.
 *
 * @param scheme - The scheme whose default port is left out; `https:` unless another is given.
 */
export function toHost(text: string, scheme = 'https:'): string | undefined {
  const address = `${scheme}//${text.trim()}`
  if (text.trim() === '' || !URL.canParse(address)) return undefined
  const { hostname, port } = new URL(address)
  // The name is parsed again without the dot, since one that ends with a digit may then be an address.
  const name = withoutEndDots(hostname)
  const bare = port === '' ? name : `${name}:${port}`
  return URL.canParse(`${scheme}//${bare}`) ? new URL(`${scheme}//${bare}`).host : undefined
}

function withoutEndDots(name: string): string {
  let end = name.length
  while (name[end - 1] === '.') end--
  return name.slice(0, end)
}

/** Whether a host's name, as `URL` gives it or without brackets, is this machine's own (RFC 6761, RFC 5735, RFC 4291). */
export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  /^(\[::1\]|::1|127(\.\d{1,3}){3})$/.test(hostname)

const HANDLE = /^@?([^@\s/]+)@([^@\s/?#]+)$/

/** Parses `@name@host`, with or without the first `@`; undefined for anything else. */
export function parseHandle(text: string): { name: string; host: string } | undefined {
  const [, name = '', typed = ''] = HANDLE.exec(text.trim()) ?? []
  const host = toHost(typed)
  return name !== '' && host !== undefined ? { name, host } : undefined
}

/** Returns whether a text has the form `@name@host`, with or without the first `@`. */
export const isHandle = (text: string): boolean => parseHandle(text) !== undefined

/** Normalises the host of what was typed to follow an account; the rest stays as it was typed. */
export function toFollowAddress(text: string): string {
  const handle = parseHandle(text)
  if (handle) return `${text.trim().startsWith('@') ? '@' : ''}${handle.name}@${handle.host}`
  const address = text.trim()
  const [beginning = '', scheme = '', typed = ''] = /^(https?:)\/\/([^/?#]*)/i.exec(address) ?? []
  const host = toHost(typed, scheme.toLowerCase())
  if (host === undefined) return text
  return `${scheme.toLowerCase()}//${host}${address.slice(beginning.length)}`
}
