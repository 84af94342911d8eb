import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Database } from '../../store/database/database.ts'
import { newSecret } from '../../store/database/secrets.ts'
import { findDrawnSecret } from '../../store/database/settings.ts'

/**
 * A public form bears when it was made, signed by the site: what answers within two seconds is a program, and one that is
 * older than a day is shown anew. A form that is sent twice has one signature.
 */

const SECONDS_MIN = 2
const SECONDS_MAX = 24 * 3600

const macOf = async (db: Database, text: string) =>
  createHmac('sha256', await findDrawnSecret(db, 'form-secret'))
    .update(text)
    .digest('base64url')

/** Makes the signature of a form that is shown now. */
export async function signForm(db: Database, now: Temporal.Instant): Promise<string> {
  const text = `${Math.floor(now.epochMilliseconds / 1000)}.${newSecret().slice(0, 16)}`
  return `${text}.${await macOf(db, text)}`
}

/** Returns whether a form was made here, and in time to be read by a person. */
export async function checkSignedForm(
  db: Database,
  signature: string,
  now: Temporal.Instant,
): Promise<'right' | 'too-fast' | 'too-old'> {
  const found = /^((\d{1,12})\.[\w-]{16})\.([\w-]{43})$/.exec(signature)
  if (!found) return 'too-old'
  const [, text = '', at = '', mac = ''] = found
  const right = Buffer.from(await macOf(db, text))
  if (!timingSafeEqual(right, Buffer.from(mac))) return 'too-old'
  const age = now.epochMilliseconds / 1000 - Number(at)
  return age < SECONDS_MIN ? 'too-fast' : age > SECONDS_MAX ? 'too-old' : 'right'
}
