/** What can be wrong with a site that still answers, as `/healthz` names it, the most urgent first. */
export const TROUBLES = [
  'not-writable',
  'little-disk',
  'pages-closed',
  'requests-failing',
  'memory-high',
  'backup-late',
  'backup-copy-failing',
  'certificate-ending',
  'sending-held',
  'sending-late',
  'not-delivered',
  'mails-late',
  'jobs-late',
  'cut-off',
  'members-silent',
] as const
export type Trouble = (typeof TROUBLES)[number]

export type Disk = { usedBytes: number; totalBytes: number; freeBytes: number }

/** With less free space, a backup or a busy week may fill the disk: 500 MB. */
export const LEAST_FREE_BYTES = 500e6
/** The share of a disk, or of the memory, from which on it is nearly full. */
export const NEARLY_FULL = 0.9

/** Returns whether a disk is nearly full, as `df` counts: what only root may still fill is not free. */
export const isDiskNearlyFull = ({ usedBytes, freeBytes }: Disk): boolean =>
  freeBytes < LEAST_FREE_BYTES || usedBytes >= NEARLY_FULL * (usedBytes + freeBytes)

/** A certificate is renewed long before: of 90 days Let's Encrypt's clients leave 30, of 6 days 2. */
const MOST_CERTIFICATE_DAYS = 10
const CERTIFICATE_SHARE = 6

export type Certificate = { from: Temporal.Instant; until: Temporal.Instant }

/** Returns whether a certificate ends within ten days, or within the last sixth of its time where that is shorter. */
export function isCertificateEnding({ from, until }: Certificate, now: Temporal.Instant): boolean {
  const days = from.until(until).total('hours') / 24
  const left = now.until(until).total('hours') / 24
  return left < Math.min(MOST_CERTIFICATE_DAYS, days / CERTIFICATE_SHARE)
}

/** What the team was told by mail of one trouble, and when it was seen. */
export type AlertState = {
  trouble: Trouble
  /** When it was first seen. */
  since: Temporal.Instant
  /** When it was last seen. */
  seenAt: Temporal.Instant
  /** When the mail about its beginning was sent. */
  toldAt: Temporal.Instant | undefined
  /** When the mail about its end was sent; it is kept for a day, in which the trouble is not told again. */
  overAt: Temporal.Instant | undefined
}

/** A trouble that passes before is told to nobody. */
const LASTS_MINUTES = 10
/** A trouble that has not been seen for so long is over. */
const GONE_MINUTES = 60
/** After its end it is not told again for so long: what comes and goes is told once a day. */
const REST_HOURS = 24

type AlertDecision = {
  /** Those whose beginning is to be told, and those whose end is. */
  begun: AlertState[]
  over: AlertState[]
  /** What is known now, if nothing is told. */
  known: AlertState[]
}

/** Decides which troubles have begun and which are over, by what was seen before; each is told once. */
export function decideAlerts(
  before: readonly AlertState[],
  troubles: readonly Trouble[],
  now: Temporal.Instant,
): AlertDecision {
  const known = TROUBLES.flatMap((trouble): AlertState[] => {
    const state = before.find((each) => each.trouble === trouble)
    const isSeen = troubles.includes(trouble)
    if (!state || isRested(state, now))
      return isSeen
        ? [{ trouble, since: now, seenAt: now, toldAt: undefined, overAt: undefined }]
        : []
    if (isSeen) return [{ ...state, seenAt: now }]
    // What passed before anybody was told of it is forgotten.
    return state.toldAt ? [state] : []
  })
  return {
    known,
    begun: known.filter(
      ({ trouble, since, toldAt }) =>
        !toldAt && troubles.includes(trouble) && since.until(now).total('minutes') >= LASTS_MINUTES,
    ),
    over: known.filter(
      ({ seenAt, toldAt, overAt }) =>
        toldAt && !overAt && seenAt.until(now).total('minutes') >= GONE_MINUTES,
    ),
  }
}

const isRested = ({ overAt }: AlertState, now: Temporal.Instant): boolean =>
  overAt !== undefined && Math.abs(overAt.until(now).total('hours')) >= REST_HOURS
