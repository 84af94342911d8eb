/** What no French page says: of each a family of faults, as it is read. */
export const FRENCH_FAULTS: readonly RegExp[] = [
  // « L'Haÿ-les-Roses »
  /\p{L}(?:'|&#39;)\p{L}/u,
  // « Coeur d’Yvelines »
  /(?<!\p{L})coeur(?!\p{L})/iu,
  // « CC du Diois »
  /(?<![\p{L}-])C[ACU] \p{L}/u,
  // « à Le Mans », « de Les Abymes », « à Métropole de Lyon »
  /(?<!\p{L})(?:de|à|du|au|De|À) (?:Les? |(?:Métropole|Eurométropole|Communauté de communes|Communauté d’agglomération|Communauté urbaine) )/u,
  // « de Angers »
  /(?<!\p{L})(?:de|que) [AEIOUÀÂÉÈÊËÎÏÔŒ]\p{Ll}/u,
  // « 0 café »
  /(?<![\d,.:h]|\d\s)0\s(?:cafés?|structures?|personnes?|communes?|départements?|demandes?)(?!\p{L})/u,
  // A sign that may stand alone at the beginning of a line.
  /[^\s] [;:!?»%]|« (?=\S)/u,
]
