import { typesetFrench } from './typography.ts'

/** Cafés that two servers announce. */
export const duplicatesFr = typesetFrench({
  nav: 'Doublons',
  also: 'Aussi annoncé par',
  title: 'Les cafés annoncés deux fois',
  lead: 'Quand deux structures annoncent le même café, l’annuaire n’en montre qu’un : celui du lieu où il se tient, sinon le premier annoncé. Si ce sont deux cafés différents, dites-le.',
  folded: 'Montrés une seule fois',
  none: 'Aucun café à venir n’est annoncé deux fois.',
  apart: 'Deux cafés, d’après votre équipe',
  shown: 'Montré',
  hidden: 'Replié',
  why: 'Pourquoi',
  action: 'Votre décision',
  reason: {
    uid: 'même identifiant d’agenda',
    likeness: 'même commune, même lieu, heures et titres proches',
  },
  areTwo: 'Ce sont deux cafés',
  areOne: 'C’est le même café',
  about: (one: string, other: string) => ` : ${one} et ${other}`,
})
