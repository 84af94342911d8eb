/** Why a directory refuses a site; with `other`, the team's own words are the only reason. */
export const ADMISSION_REASONS = ['price', 'no-cafe', 'known', 'unreached', 'other'] as const

/** The maximum length of the team's own words, in characters. */
export const ADMISSION_REASON_MAX = 300
