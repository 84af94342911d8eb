/** What a site is told whose request to join cannot wait for the team: others fill its part of the list. */
export const JOINS_FULL_TEXT =
  'Trop de demandes attendent déjà l’équipe de cet annuaire. Redemandez dans quelques jours, ou demandez-lui un code d’invitation : avec un code, vous entrez tout de suite.'
