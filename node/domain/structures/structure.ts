/** The maximum number of characters of the name; those that addresses hold on purpose are shorter. */
const NAME_MAX = 100

/**
 * Returns the last segment of the address of a structure's page, made from that of its account:
 * `https://lieu.example/actors/cafes` gives `cafes@lieu.example`. It is the same on every server and at each rebuild;
 * only accounts of the same server can collide.
 */
export function structureIdOf(uri: string): string {
  const { host, pathname, search } = new URL(uri)
  const words = `${pathname}${search}`.replace(/^\/(?:actors\/)?/, '').replace(/[^\w.-]+/g, '-')
  const name = /\w(?:[\w.-]*\w)?/.exec(words)?.[0].slice(0, NAME_MAX)
  return `${name || 'site'}@${host}`
}

/**
 * Returns the handle of an account, e.g. `@cafes@lieu.example`: by the name that the account gives itself, or that
 * addresses of our own form contain.
 */
export function handleOf(uri: string, username: string | undefined): string | undefined {
  const { host, pathname } = new URL(uri)
  const name = username ?? /^\/actors\/([a-z0-9][a-z0-9-]*)$/.exec(pathname)?.[1]
  return name === undefined ? undefined : `@${name}@${host}`
}
