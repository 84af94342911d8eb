import type { duplicatesFr } from '../fr/cafe-duplicates.ts'

export const duplicatesEn: typeof duplicatesFr = {
  nav: 'Duplicates',
  also: 'Also announced by',
  title: 'Cafés announced twice',
  lead: 'When two sites announce cafés that look alike, the directory shows both, and tells you here. A café steps back for that of another site only if you decide so; if one of the two then changes its date, place or title, both are shown again.',
  suspected: 'Perhaps the same café',
  none: 'No café to come looks like that of another site.',
  folded: 'Shown once',
  apart: 'Two cafés, says your team',
  shown: 'Shown',
  hidden: 'Folded',
  why: 'Why',
  action: 'Your decision',
  reason: {
    uid: 'same identifier of a calendar, on one site',
    likeness: 'same town, same place, similar times and titles',
    team: 'your team decided it',
  },
  areTwo: 'They are two cafés',
  areOne: (by) => `It is the same café: show that of ${by}`,
  about: (one, other) => `: ${one} and ${other}`,
}
