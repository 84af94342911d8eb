/** `postgres://…` or `postgresql://…`: anything else is the path of a SQLite file. */
export const isPostgresUrl = (address: string): boolean => /^postgres(ql)?:\/\//i.test(address)

/** As it may be shown: where a PostgreSQL is, without its password. */
export const withoutPassword = (address: string): string => {
  if (!isPostgresUrl(address)) return address
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url) return 'postgres://…'
  url.password = ''
  return url.href
}

/** A database that this program cannot be right on; the message is one sentence that names the setting. */
export class UnfitDatabase extends Error {
  override name = 'UnfitDatabase'
}
