import { typesetFrench } from './typography.ts'

/** What the public reads beside the cafés themselves: months, ways to follow and to share, the plan of the site. */
export const visitorFr = typesetFrench({
  programs: {
    calendar: 'Cafés à venir (agenda)',
    feed: 'Cafés à venir (lecteur de flux)',
    oneCafe: 'Ce café (agenda)',
  },
  feed: {
    title: (name: string) => `Cafés à venir – ${name}`,
    description: 'Des rencontres gratuites pour parler ensemble d’intelligence artificielle.',
  },
})
