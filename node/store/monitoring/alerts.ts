import { z } from 'zod'
import { type AlertState, type Certificate, TROUBLES } from '../../domain/monitoring/trouble.ts'
import type { Database } from '../database/database.ts'
import { findSetting, saveSetting } from '../database/settings.ts'

const ALERTS = 'alerts'
const CERTIFICATE = 'certificate'

const Instant = z.string().transform((text) => Temporal.Instant.from(text))

const AlertsSchema = z.array(
  z.object({
    trouble: z.enum(TROUBLES),
    since: Instant,
    seenAt: Instant,
    toldAt: Instant.optional(),
    overAt: Instant.optional(),
  }),
)

/** Lists what was seen of the troubles of this site, and what the team was told of it. */
export async function listAlerts(db: Database): Promise<AlertState[]> {
  const text = await findSetting(db, ALERTS)
  // What a later version knows is told again by this one.
  const read = AlertsSchema.safeParse(text === undefined ? [] : JSON.parse(text))
  return (read.data ?? []).map((state) => ({
    ...state,
    ...{ toldAt: state.toldAt, overAt: state.overAt },
  }))
}

/** Replaces what was seen of the troubles. */
export const saveAlerts = (db: Database, states: readonly AlertState[]): Promise<void> =>
  saveSetting(db, ALERTS, JSON.stringify(states))

const CertificateSchema = z.object({ from: Instant, until: Instant })

/** Finds the certificate of this site's own address, as it was when it was last looked at. */
export async function findCertificate(db: Database): Promise<Certificate | undefined> {
  const text = await findSetting(db, CERTIFICATE)
  return text ? CertificateSchema.parse(JSON.parse(text)) : undefined
}

/** Replaces what is known of the certificate; undefined where it cannot be known from here. */
export const saveCertificate = (
  db: Database,
  certificate: Certificate | undefined,
): Promise<void> => saveSetting(db, CERTIFICATE, certificate ? JSON.stringify(certificate) : '')
