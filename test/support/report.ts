import type { Report } from '../../node/domain/reports/report.ts'

/** Makes what the Médiathèque tells of a café. */
export const aReport = (some: Partial<Report> = {}): Report => ({
  ...{ cafeId: 'cafe-1', organizationId: 'canal', uri: undefined },
  ...{ isHeld: true, participants: 23, firstTimers: 8, format: 'jeu', isCounted: true },
  ...{ nextSteps: 'On recommence le 9 janvier.', words: 'Une belle soirée.', isTextPublic: false },
  ...{ picture: undefined, pictureAlt: undefined, isPicturePublic: false },
  hiddenReason: undefined,
  createdAt: Temporal.Instant.from('2026-12-02T08:00:00Z'),
  updatedAt: Temporal.Instant.from('2026-12-02T08:00:00Z'),
  questions: [
    { text: 'L’IA va-t-elle remplacer les bibliothécaires ?', theme: 'travail' },
    { text: 'Qui entraîne les modèles ?', theme: undefined },
  ].map((question, index) => ({
    ...{ id: `${some.cafeId ?? 'cafe-1'}-question-${index}`, hiddenReason: undefined },
    ...question,
  })),
  ...some,
})
