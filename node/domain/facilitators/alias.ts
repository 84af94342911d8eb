import { isReservedName } from '../structures/reserved-names.ts'

/** An alias has three to thirty letters, digits and hyphens; it begins with a letter and does not end with a hyphen. */
const ALIAS = /^(?=.{3,30}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

export type AliasProblem = 'not_an_alias' | 'not_free'

/**
 * Returns what is wrong with an alias that a person chose; undefined when nothing is. Whether the alias is taken is not
 * checked.
 */
export const findAliasProblem = (alias: string): AliasProblem | undefined => {
  if (!ALIAS.test(alias)) return 'not_an_alias'
  return isReservedName(alias) ? 'not_free' : undefined
}

/** Returns whether the profile leaves the alias at which it is. */
export const isAliasGivenUp = (
  { alias: before }: { alias: string | undefined },
  next: string | undefined,
): boolean => before !== undefined && before !== next
