import { LINK_MINUTES } from '../../../../node/domain/values/link.ts'
import { CONSENT_DAYS, RETENTION_DAYS } from '../../../../node/domain/values/retention.ts'
import { daysInFrench, minutesInFrench } from '../../durations.ts'

/** The retention periods of a consent, a link and an unanswered profile, in words. */
export const YEAR = daysInFrench(CONSENT_DAYS.kept)
export const OWN_LINK = minutesInFrench(LINK_MINUTES['own-profile'])
export const UNCONFIRMED = daysInFrench(RETENTION_DAYS.unconfirmedProfile)
