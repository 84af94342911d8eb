import { sentenceCase, toPrintedName } from './typography.ts'

/**
 * Returns the name of a town, a territory, a site, a structure or a person after « de »: « de Rennes », « d’Angers », «
 * du Havre », « des Abymes », « de la communauté de communes du Diois ».
 */
export function ofName(text: string): string {
  const { kind, name } = splitKind(text)
  if (kind) return `de ${kind}${name}`
  const noun = /^[\p{L}-]+(?= )/u.exec(name)?.[0] ?? ''
  const of = NOUNS.get(noun)
  if (of) return of + name
  if (/^Le /.test(name)) return `du ${name.slice(3)}`
  if (/^Les /.test(name)) return `des ${name.slice(4)}`
  return /^(?:[AEIOUÀÂÉÈÊËÎÏÔŒ]|Y(?![AOU]))/i.test(name) ? `d’${name}` : `de ${name}`
}

/**
 * Returns the name of a person, a structure or a site after « à »: « à Camille », « au Moulin partagé », « à la
 * Médiathèque du Canal ».
 */
export function toName(text: string): string {
  const of = ofName(text)
  if (/^d(?:u|es) /.test(of)) return of.replace(/^du /, 'au ').replace(/^des /, 'aux ')
  return of.startsWith('d’') ? `à ${toPrintedName(text)}` : of.replace(/^de /, 'à ')
}

/** The first words of structures' names that take an article after « de »: « l’équipe de la Médiathèque du Canal ». */
const NOUNS = new Map(
  Object.entries({
    'de l’': 'Annuaire Association Atelier Espace École Université Office Agence Hôtel Union',
    'de la ':
      'Médiathèque Bibliothèque Mairie Maison Mission Ville Fabrique Ligue Fédération Région Ludothèque Métropole Commune Communauté',
    'du ':
      'Réseau Centre Café Collectif Tiers-lieu Tiers-Lieu Fablab Département Conseil Musée Lycée Collège Syndicat Comité Pôle',
  }).flatMap(([of, nouns]) => nouns.split(' ').map((noun) => [noun, of] as const)),
)

/** The prepositions before names of régions and départements, where common usage is not « en ». */
const PREPOSITIONS: Record<string, string> = {
  'dans l’':
    'Ain, Aisne, Allier, Aube, Aude, Aveyron, Essonne, Eure, Hérault, Indre, Oise, Orne, Yonne',
  'dans le ':
    'Calvados, Cantal, Cher, Doubs, Finistère, Gard, Gers, Jura, Loir-et-Cher, Loiret, Lot, Morbihan, Nord, Pas-de-Calais, Puy-de-Dôme, Bas-Rhin, Haut-Rhin, Rhône, Tarn, Var, Vaucluse, Territoire de Belfort, Val-de-Marne, Val-d’Oise, Grand Est',
  'dans la ': 'Creuse, Drôme, Loire, Manche, Marne, Meuse, Nièvre, Sarthe, Somme, Vienne',
  'dans les ':
    'Alpes-de-Haute-Provence, Hautes-Alpes, Alpes-Maritimes, Ardennes, Bouches-du-Rhône, Côtes-d’Armor, Landes, Pyrénées-Atlantiques, Hautes-Pyrénées, Pyrénées-Orientales, Yvelines, Deux-Sèvres, Vosges, Hauts-de-Seine, Hauts-de-France, Pays de la Loire, Terres australes et antarctiques françaises',
  'à ': 'Paris, La Réunion, Mayotte, Saint-Pierre-et-Miquelon, Saint-Barthélemy, Saint-Martin, Wallis et Futuna',
  'sur l’': 'Île de Clipperton',
  'en ':
    'Ardèche, Ariège, Charente, Charente-Maritime, Corrèze, Corse, Corse-du-Sud, Haute-Corse, Côte-d’Or, Dordogne, Eure-et-Loir, Haute-Garonne, Gironde, Ille-et-Vilaine, Indre-et-Loire, Isère, Haute-Loire, Loire-Atlantique, Lot-et-Garonne, Lozère, Maine-et-Loire, Haute-Marne, Mayenne, Meurthe-et-Moselle, Moselle, Haute-Saône, Saône-et-Loire, Savoie, Haute-Savoie, Seine-Maritime, Seine-et-Marne, Tarn-et-Garonne, Vendée, Haute-Vienne, Seine-Saint-Denis, Guadeloupe, Martinique, Guyane, Polynésie française, Nouvelle-Calédonie, Île-de-France, Centre-Val de Loire, Bourgogne-Franche-Comté, Normandie, Bretagne, Nouvelle-Aquitaine, Occitanie, Auvergne-Rhône-Alpes, Provence-Alpes-Côte d’Azur',
}

const PREPOSITION_OF = new Map(
  Object.entries(PREPOSITIONS).flatMap(([preposition, names]) =>
    names.split(', ').map((name) => [name, preposition] as const),
  ),
)

const INTERCOMMUNALITIES: Record<string, string> = {
  CC: 'la communauté de communes ',
  CA: 'la communauté d’agglomération ',
  CU: 'la communauté urbaine ',
  'Communauté de communes': 'la communauté de communes ',
  'Communauté d’agglomération': 'la communauté d’agglomération ',
  'Communauté urbaine': 'la communauté urbaine ',
  Métropole: 'la Métropole ',
  Eurométropole: 'l’Eurométropole ',
}

const KIND =
  /^(CC|CA|CU|Communauté de communes|Communauté d’agglomération|Communauté urbaine|Métropole|Eurométropole) /

/** An abbreviation after a name, which only its own staff use: « Terre Valserhône (CCTV) ». */
const LETTERS = /^\([A-Z\d ]{2,7}\)$/

/** Splits a name into the kind of intercommunality, with its article, and the rest. */
function splitKind(text: string): { kind: string; name: string } {
  const name = toPrintedName(text)
  const [start = '', kind = ''] = KIND.exec(name) ?? []
  const rest = name.slice(start.length)
  const at = rest.lastIndexOf(' (')
  const hasLetters = kind !== '' && at > 0 && LETTERS.test(rest.slice(at + 1))
  return {
    kind: INTERCOMMUNALITIES[kind] ?? '',
    name: hasLetters ? rest.slice(0, at) : rest,
  }
}

/** Returns a territory’s name as it is displayed: « Communauté de communes du Diois », « Côtes-d’Armor (22) ». */
export function territoryText(label: string): string {
  const { kind, name } = splitKind(label)
  return sentenceCase(kind.replace(/^(?:la |l’)/, '')) + name
}

/**
 * Returns a place in a phrase, from the name of a région, a département, an intercommunality or a commune, with or
 * without a number in brackets: « en Ille-et-Vilaine », « dans la Drôme », « à La Réunion », « au Mans ».
 */
export function inTerritoryText(label: string): string {
  const { kind, name } = splitKind(label)
  if (kind) return `dans ${kind}${name}`
  const preposition = PREPOSITION_OF.get(name.replace(/ \([^()]*\)$/, ''))
  if (preposition) return `${preposition}${name}`
  if (/^Le /.test(name)) return `au ${name.slice(3)}`
  return /^Les /.test(name) ? `aux ${name.slice(4)}` : `à ${name}`
}
