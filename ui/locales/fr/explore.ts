import { typesetFrench } from '../typography.ts'

/** Where a directory leads besides its list. */
export const exploreFr = typesetFrench({
  copy: 'Copier',
  heading: 'Dans l’annuaire',
  territories: 'Les cafés par territoire',
  structures: 'Les structures qui accueillent',
  statistics: 'Les chiffres',
  newsletter: 'La lettre des cafés à venir',
  embed: 'La liste des cafés sur votre site',
  nothing: 'Rien qui vous convienne ?',
  page: (territory: string) => `Les cafés autour de vous : ${territory}`,
  alert: 'Prévenez-moi d’un nouveau café',
  demand: 'J’aimerais un café ici',
  organise: 'Organiser un café vous-même',
  tellMe: (territory: string) => `être prévenue ou prévenu, ou demander un café : ${territory}`,
})
