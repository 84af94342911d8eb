import type { duplicatesFr } from '../fr/cafe-duplicates.ts'

export const duplicatesEn: typeof duplicatesFr = {
  nav: 'Duplicates',
  also: 'Also announced by',
  title: 'Cafés announced twice',
  lead: 'Two sites announce cafés that look alike? The directory shows both until you decide. If one of them then changes and no longer looks like the other, both are shown again. A café that one site announces twice is shown once.',
  first: (n) => `The first ${n} only. Those that follow come once these are over or decided.`,
  suspected: 'Perhaps the same café',
  none: 'Nothing to look at.',
  folded: 'Shown once',
  apart: 'Two cafés, says your team',
  one: 'One announcement',
  other: 'The other',
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
  areOne: (host, by) => `It is the same café: show the announcement of ${host} (${by})`,
  about: (one, other) => `: ${one} and ${other}`,
}
