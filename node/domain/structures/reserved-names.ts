/**
 * Names of accounts of this server, of pages beside those of profiles and structures, and of mailboxes of a site's
 * operator (RFC 2142).
 */
const RESERVED = new Set(
  `
  instance cafe-ia cafes cafe ia reseau reseaux annuaire actors users user
  moi demande retrait message photo animation animatrice animateur referents referent
  admin administration administrator administrateur administratrice root system moderation moderator
  contact equipe team support aide help info bonjour postmaster hostmaster webmaster abuse security noc noreply
  no-reply mailer-daemon anonyme anonymous everyone public agenda structure structures nouveau nouvelle
  `
    .trim()
    .split(/\s+/),
)

/** Names like `cafes-35`, a feed, and `reseau-poste`, a network. */
const TAKEN_FOR_GOOD = /^(?:cafes|reseau)-/

/** Returns whether nobody may choose this name for an account of this server. */
export const isReservedName = (name: string): boolean =>
  RESERVED.has(name) || TAKEN_FOR_GOOD.test(name)
