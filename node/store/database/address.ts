/** Returns whether an address is `postgres://…` or `postgresql://…`; anything else is the path of a SQLite file. */
export const isPostgresUrl = (address: string): boolean => /^postgres(ql)?:\/\//i.test(address)

/** Returns the address as it may be shown: that of a PostgreSQL database without its password. */
export const withoutPassword = (address: string): string => {
  if (!isPostgresUrl(address)) return address
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url) return 'postgres://…'
  url.password = ''
  return url.href
}

/**
 * The error of a database that this program cannot use correctly; its message is one sentence that names the setting.
 */
export class UnfitDatabase extends Error {
  override name = 'UnfitDatabase'
}
