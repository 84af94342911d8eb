/** Where the cases of a list are: they wait, somebody appeals their decision, or they are decided. */
export type CaseState = 'open' | 'appeals' | 'decided'
