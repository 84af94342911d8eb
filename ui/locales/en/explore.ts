import type { exploreFr } from '../fr/explore.ts'

export const exploreEn: typeof exploreFr = {
  copy: 'Copy',
  heading: 'In the directory',
  territories: 'Cafés by territory',
  structures: 'The organisations that host',
  statistics: 'The figures',
  newsletter: 'The letter of cafés to come',
  embed: 'The list of cafés on your site',
  nothing: 'Nothing that suits you?',
  page: (territory) => `Cafés around you: ${territory}`,
  alert: 'Tell me of a new café',
  demand: 'I’d like a café here',
  organise: 'Organise a café yourself',
  tellMe: (territory) => `be told of one, or ask for one: ${territory}`,
}
