/** Where the cases of a list are: they wait, somebody appeals their decision, or they are decided. */
export const CASE_STATES = ['open', 'appeals', 'decided'] as const
export type CaseState = (typeof CASE_STATES)[number]
