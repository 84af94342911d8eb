/** An alias has three to thirty letters, digits and hyphens; it begins with a letter and does not end with a hyphen. */
const ALIAS = /^(?=.{3,30}$)[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/** Names of accounts of this server, of pages beside profiles, and of mailboxes of a site's operator (RFC 2142). */
const RESERVED = new Set(
  `
  instance cafe-ia cafes cafe ia reseau reseaux annuaire actors users user
  moi demande retrait message photo animation animatrice animateur referents referent
  admin administration administrator administrateur administratrice root system moderation moderator
  contact equipe team support aide help info bonjour postmaster hostmaster webmaster abuse security noc noreply
  no-reply mailer-daemon anonyme anonymous everyone public
  `
    .trim()
    .split(/\s+/),
)

/** Names like `cafes-35`, a feed, and `reseau-poste`, a network. */
const TAKEN_FOR_GOOD = /^(?:cafes|reseau)-/

export type AliasProblem = 'not_an_alias' | 'not_free'

/**
 * Returns what is wrong with an alias that a person chose; undefined when nothing is. Whether the alias is taken is not
 * checked.
 */
export const findAliasProblem = (alias: string): AliasProblem | undefined => {
  if (!ALIAS.test(alias)) return 'not_an_alias'
  return RESERVED.has(alias) || TAKEN_FOR_GOOD.test(alias) ? 'not_free' : undefined
}

/** Returns whether the profile leaves the alias at which it is. */
export const isAliasGivenUp = (
  { alias: before }: { alias: string | undefined },
  next: string | undefined,
): boolean => before !== undefined && before !== next
