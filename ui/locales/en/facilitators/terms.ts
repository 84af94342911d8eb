import { LINK_MINUTES } from '../../../../node/domain/values/link.ts'
import { CONSENT_DAYS, RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInEnglish, minutesInEnglish } from '../../durations.ts'

/** The retention periods of a consent, a link and an unanswered profile, in words. */
export const YEAR = daysInEnglish(CONSENT_DAYS.kept)
export const OWN_LINK = minutesInEnglish(LINK_MINUTES['own-profile'])
export const UNCONFIRMED = daysInEnglish(RETENTION_DAYS.unconfirmedProfile)
