import { typesetFrench } from '../typography.ts'

/** Cafés that two servers announce. */
export const duplicatesFr = typesetFrench({
  nav: 'Doublons',
  also: 'Aussi annoncé par',
  title: 'Les cafés annoncés deux fois',
  lead: 'Quand deux sites annoncent des cafés qui se ressemblent, l’annuaire montre les deux, et vous le dit ici. Un café ne s’efface devant celui d’un autre site que si vous le décidez ; si l’un des deux change ensuite de date, de lieu ou de titre, les deux sont montrés de nouveau.',
  suspected: 'Peut-être le même café',
  none: 'Aucun café à venir ne ressemble à celui d’un autre site.',
  folded: 'Montrés une seule fois',
  apart: 'Deux cafés, d’après votre équipe',
  shown: 'Montré',
  hidden: 'Replié',
  why: 'Pourquoi',
  action: 'Votre décision',
  reason: {
    uid: 'même identifiant d’agenda, sur un même site',
    likeness: 'même commune, même lieu, heures et titres proches',
    team: 'votre équipe l’a décidé',
  },
  areTwo: 'Ce sont deux cafés',
  areOne: (by: string) => `C’est le même café : montrer celui de ${by}`,
  about: (one: string, other: string) => ` : ${one} et ${other}`,
})
