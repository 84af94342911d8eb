/** Families of faults that no French page may contain, each with an example. */
export const FRENCH_FAULTS: readonly RegExp[] = [
  // « L'Haÿ-les-Roses »
  /\p{L}(?:'|&#39;)\p{L}/u,
  // « Coeur d’Yvelines »
  /(?<!\p{L})coeur(?!\p{L})/iu,
  // « CC du Diois », but not the licence « CC BY »
  /(?<![\p{L}-])C[ACU] (?!BY)\p{L}/u,
  // « à Le Mans », « de Les Abymes », « à Métropole de Lyon »
  /(?<!\p{L})(?:de|à|du|au|De|À) (?:Les? |(?:Métropole|Eurométropole|Communauté de communes|Communauté d’agglomération|Communauté urbaine) )/u,
  // « de Angers »
  /(?<!\p{L})(?:de|que) [AEIOUÀÂÉÈÊËÎÏÔŒ]\p{Ll}/u,
  // « 0 café »
  /(?<![\d,.:h]|\d\s)0\s(?:cafés?|structures?|personnes?|communes?|départements?|demandes?)(?!\p{L})/u,
  // This matches a punctuation sign that a line break could separate from its word.
  /[^\s] [;:!?»%]|« (?=\S)/u,
]
