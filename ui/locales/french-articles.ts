/** « de Rennes », « d’Angers », « du Havre », « des Abymes »: of a town, a site, a structure or a person. */
export function ofName(name: string): string {
  if (/^Le /.test(name)) return `du ${name.slice(3)}`
  if (/^Les /.test(name)) return `des ${name.slice(4)}`
  return /^(?:[AEIOUÀÂÉÈÊËÎÏÔŒ]|Y(?![AOU]))/i.test(name) ? `d’${name}` : `de ${name}`
}

/** « En Bretagne », « Dans le Grand Est », « À La Réunion »: where a région is, to begin a line with. */
export function inRegionText(region: string): string {
  if (/^La |^Mayotte$/.test(region)) return `À ${region}`
  if (region === 'Grand Est') return `Dans le ${region}`
  return /^Hauts-|^Pays /.test(region) ? `Dans les ${region}` : `En ${region}`
}
