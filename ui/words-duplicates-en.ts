import type { duplicatesFr } from './words-duplicates-fr.ts'

export const duplicatesEn: typeof duplicatesFr = {
  nav: 'Duplicates',
  also: 'Also announced by',
  title: 'Cafés announced twice',
  lead: 'When two organisations announce the same café, the directory shows only one: that of the place where it is held, else the first that was announced. If they are two different cafés, say so.',
  folded: 'Shown once',
  none: 'No café to come is announced twice.',
  apart: 'Two cafés, says your team',
  shown: 'Shown',
  hidden: 'Folded',
  why: 'Why',
  action: 'Your decision',
  reason: {
    uid: 'same identifier of a calendar',
    likeness: 'same town, same place, similar times and titles',
  },
  areTwo: 'They are two cafés',
  areOne: 'It is the same café',
  about: (one, other) => `: ${one} and ${other}`,
}
