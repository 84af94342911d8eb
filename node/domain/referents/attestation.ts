/** What the directory signed: this person answers for this territory during this time. */
export type Attestation = {
  uri: string
  /** The origin of the directory that signed it. */
  issuer: string
  person: { name: string; uri: string | undefined }
  /** The code of the territory, e.g. `35`. */
  territory: string
  from: Temporal.Instant
  /** The first moment after the mandate. */
  until: Temporal.Instant
  issuedAt: Temporal.Instant
}

/** The list of the attestations that a directory revoked, as it was on one day. */
export type RevocationList = {
  issuer: string
  updatedAt: Temporal.Instant
  uris: ReadonlySet<string>
}

export type AttestationRefusal =
  | 'revoked'
  | 'expired'
  | 'not-yet'
  /** It was shown for a territory that it is not about. */
  | 'other-territory'
  /** The list of revocations is another directory's. */
  | 'foreign-list'

/** Decides whether an attestation whose signature holds counts now, and for this territory where one is asked about. */
export function decideAttestation(
  attestation: Attestation,
  {
    now,
    territory,
    revoked,
  }: {
    now: Temporal.Instant
    territory?: string | undefined
    revoked?: RevocationList | undefined
  },
): AttestationRefusal | undefined {
  if (revoked && revoked.issuer !== attestation.issuer) return 'foreign-list'
  if (revoked?.uris.has(attestation.uri)) return 'revoked'
  if (Temporal.Instant.compare(attestation.until, now) <= 0) return 'expired'
  if (Temporal.Instant.compare(attestation.from, now) > 0) return 'not-yet'
  return territory !== undefined && territory !== attestation.territory
    ? 'other-territory'
    : undefined
}

/** Returns the first and last moments of a mandate's days, where the territory is. */
export const mandateBounds = (
  { startsOn, endsOn }: { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate },
  timezone: string,
): { from: Temporal.Instant; until: Temporal.Instant } => ({
  from: startsOn.toZonedDateTime(timezone).toInstant(),
  until: endsOn.add({ days: 1 }).toZonedDateTime(timezone).toInstant(),
})
