/** Why a directory does not take a site in; `other`: its team's own words alone. */
export const ADMISSION_REASONS = ['price', 'no-cafe', 'known', 'unreached', 'other'] as const

/** Characters of the team's own words. */
export const ADMISSION_REASON_MAX = 300
