import { plural } from '../../../node/domain/values/number-text.ts'
import { inTerritoryText } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'
import { departementsText } from './departements.ts'

const cafes = (n: number) => (n === 0 ? 'aucun café' : plural(n, 'café', 'cafés'))

const inDepartements = (codes: readonly string[]) =>
  codes.length === 0 ? '' : ` dans ${departementsText(codes)}`

/** The texts of the map of cafés to come. */
export const mapFr = typesetFrench({
  title: 'La carte des cafés à venir',
  lead: 'Choisissez un département sur la carte, ou dans la liste qui la suit.',
  titleOfSearch: (search: string) => `Sur la carte : ${search}`,
  jump: 'Aller à la carte',
  asList: 'Passer la carte : lire la liste des départements',
  picture: (total: number, departements: readonly string[]) =>
    `Carte de France : ${cafes(total)} à venir${inDepartements(departements)}.`,
  departement: (name: string, code: string, count: number) =>
    `${name} (${code}) : ${cafes(count)} à venir`,
  pictureOfSearch: (total: number, departements: readonly string[]) =>
    `Carte de France : ${cafes(total)}${inDepartements(departements)}.`,
  found: (name: string, code: string, count: number) => `${name} (${code}) : ${cafes(count)}`,
  point: (title: string, when: string, place: string) => `${title}, ${when}, ${place}`,
  severalAt: (count: number, place: string) => `${cafes(count)} ${inTerritoryText(place)}`,
  legend: 'Cafés à venir',
  legendOfSearch: 'Cafés trouvés',
  counted: (count: number) =>
    `Il y en a plus : les nombres par département sont ceux de ${cafes(count)}.`,
  none: 'aucun',
  few: (to: number | undefined) =>
    to === undefined ? '1 ou plus' : to === 1 ? '1' : `de 1 à ${to}`,
  many: (from: number) => `${from} ou plus`,
  points: 'un café, ou plusieurs au même endroit',
  capped: (count: number) => `La carte montre les ${count} prochains.`,
  listTitle: 'Par département',
  nowhere: 'Aucun café n’est annoncé pour le moment.',
  noneFound: 'Aucun café de cette recherche n’a de lieu sur la carte.',
  restOfSearch: 'Aucun café de cette recherche',
  restTitle: 'Pas encore de café',
  restLead: 'La page de chaque territoire dit où est le café le plus proche.',
  folded: (codes: readonly string[]) => `La liste de ${departementsText(codes)}`,
  colon: ' : ',
  count: cafes,
  placeless: (count: number) =>
    `${cafes(count)} sans point sur la carte : en ligne, ou sans commune connue.`,
  seeOnline: 'Voir les cafés en ligne',
  change: 'Changer la recherche',
  all: 'Voir la carte de tous les cafés à venir',
  toSearch: 'Revenir à la liste des résultats',
  credit: 'Contours : Natural Earth (domaine public).',
  zoom: 'Carte à déplacer et à agrandir',
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  closePopup: 'Fermer',
})
