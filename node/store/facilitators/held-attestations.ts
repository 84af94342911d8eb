import type { Database } from '../database/database.ts'

/** The profile is withdrawn, and with it what others said of it. */
export async function deleteAttestationsAbout(trx: Database, subjectUri: string): Promise<void> {
  await trx.deleteFrom('held_attestation').where('subject_uri', '=', subjectUri).execute()
}
