/** « de Rennes », « d’Angers », « du Havre », « des Abymes »: of a town, a site, a structure or a person. */
export function ofName(name: string): string {
  if (/^Le /.test(name)) return `du ${name.slice(3)}`
  if (/^Les /.test(name)) return `des ${name.slice(4)}`
  return /^(?:[AEIOUÀÂÉÈÊËÎÏÔŒ]|Y(?![AOU]))/i.test(name) ? `d’${name}` : `de ${name}`
}
