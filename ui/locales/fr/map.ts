import { plural } from '../../../node/domain/values/number-text.ts'
import { inTerritoryText, ofName } from '../french-articles.ts'
import { typesetFrench } from '../typography.ts'
import { departementsText } from './departements.ts'

const cafes = (n: number) => (n === 0 ? 'aucun café' : plural(n, 'café', 'cafés'))

type Count = { held: number; cancelled: number }

const ofTown = ({ held, cancelled }: Count): string => {
  const off = plural(cancelled, 'annulé', 'annulés')
  if (held === 0) return plural(cancelled, 'café annulé', 'cafés annulés')
  return cancelled === 0 ? cafes(held) : `${cafes(held)}, et ${off},`
}

/** The texts of the maps. */
export const mapFr = typesetFrench({
  title: 'La carte des cafés à venir',
  heading: (total: number) =>
    total === 0
      ? 'Aucun café à venir pour le moment'
      : `${plural(total, 'café', 'cafés')} à venir, partout en France`,
  titleOfSearch: (search: string) =>
    `Sur la carte : ${search.charAt(0).toLowerCase()}${search.slice(1)}`,
  jump: 'Aller à la carte',
  here: (name: string) => `Ici, ${name}`,
  circle: (km: number, name: string) => `Le cercle montre ${km} km autour ${ofName(name)}.`,
  departement: (name: string, code: string, count: number) =>
    `${name} (${code}) : ${cafes(count)} à venir`,
  found: (name: string, code: string, count: number) => `${name} (${code}) : ${cafes(count)}`,
  inTown: (count: Count, town: string) => `${ofTown(count)} ${inTerritoryText(town)}`,
  aroundTown: (count: Count, town: string) => `${ofTown(count)} autour ${ofName(town)}`,
  counted: (count: number) => `Il y en a plus : les nombres sont ceux de ${cafes(count)}.`,
  one: 'un café ou deux',
  several: 'trois ou plus',
  off: 'annulé',
  nearYou: 'Près de chez vous ?',
  town: 'Ville ou code postal',
  see: 'Voir',
  listTitle: 'Par région',
  townsTitle: 'Par commune',
  noneFound: 'Aucun café de cette recherche n’a de lieu sur la carte.',
  nowhere: 'Aucun café n’est annoncé pour le moment.',
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
  surroundings: {
    atlantic: 'Atlantique',
    channel: 'Manche',
    mediterranean: 'Méditerranée',
    belgium: 'Belgique',
    switzerland: 'Suisse',
    italy: 'Italie',
    spain: 'Espagne',
  },
})
