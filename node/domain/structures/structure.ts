/** Longer than any name that an address holds on purpose. */
const NAME_MAX = 100

/**
 * The address of a structure's page, from that of its account: `https://lieu.example/actors/cafes` gives
 * `cafes@lieu.example`. The same everywhere and at each rebuilding; only a server's own accounts may collide.
 */
export function structureIdOf(uri: string): string {
  const { host, pathname, search } = new URL(uri)
  const words = `${pathname}${search}`.replace(/^\/(?:actors\/)?/, '').replace(/[^\w.-]+/g, '-')
  const name = /\w(?:[\w.-]*\w)?/.exec(words)?.[0].slice(0, NAME_MAX)
  return `${name || 'site'}@${host}`
}

/** `@cafes@lieu.example`: by the name that the account gave itself, or that addresses of our own form hold. */
export function handleOf(uri: string, username: string | undefined): string | undefined {
  const { host, pathname } = new URL(uri)
  const name = username ?? /^\/actors\/([a-z0-9][a-z0-9-]*)$/.exec(pathname)?.[1]
  return name === undefined ? undefined : `@${name}@${host}`
}
