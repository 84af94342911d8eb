import { typesetFrench } from '../typography.ts'

/** Cafés that two servers announce. */
export const duplicatesFr = typesetFrench({
  nav: 'Doublons',
  also: 'Aussi annoncé par',
  title: 'Les cafés annoncés deux fois',
  lead: 'Deux sites annoncent des cafés qui se ressemblent ? L’annuaire montre les deux, jusqu’à ce que vous décidiez. Si l’un d’eux change ensuite et ne ressemble plus à l’autre, les deux sont montrés de nouveau. Un même site qui annonce deux fois un café n’est montré qu’une fois.',
  first: (n: number) =>
    `Les ${n} premiers seulement. Les suivants viendront quand ceux-ci seront passés ou décidés.`,
  suspected: 'Peut-être le même café',
  none: 'Rien à examiner.',
  folded: 'Montrés une seule fois',
  apart: 'Deux cafés, d’après votre équipe',
  one: 'Une annonce',
  other: 'L’autre',
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
  areOne: (host: string, by: string) => `C’est le même café : montrer l’annonce de ${host} (${by})`,
  about: (one: string, other: string) => ` : ${one} et ${other}`,
})
