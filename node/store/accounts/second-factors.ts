import { Secret, TOTP } from 'otpauth'
import { fromInstantText, toInstantText } from '../database/columns.ts'
import { type Database, inTransaction } from '../database/database.ts'
import { hashToken, newCode } from '../database/secrets.ts'
import { findSetting, saveSetting } from '../database/settings.ts'
import { openSealed, sealText } from '../files/site-key.ts'
import type { EditedNoun } from './saved-edit.ts'

/**
 * The second factor of an account: a code of an application (TOTP, RFC 6238), or one of ten recovery codes. It is asked
 * for whenever a password or a mailed link would open a session; sessions that are open and API tokens go on. The secret
 * of the application is sealed by the key of the site, which is not in the database (ADR 65); where that key is lost,
 * recovery codes count all the same.
 */

/** An account, with the key of the site. */
type Keyed = { accountId: string; key: Buffer }

export type SecondFactor = { since: Temporal.Instant; codesLeft: number }

/** How many recovery codes are made at once. Each opens one session. */
const RECOVERY_CODES = 10

/** The applications count in steps of 30 seconds; a clock that is one step off still fits (RFC 6238, §5.2). */
const PERIOD = 30
const WINDOW = 1

const totpOf = (secret: string, named: { issuer?: string; label?: string } = {}): TOTP =>
  new TOTP({ ...named, secret: Secret.fromBase32(secret), period: PERIOD })

/** Returns the address that an application reads from a QR code, with the name of the site and of the account. */
export const factorAddress = (
  secret: string,
  { siteName, email }: { siteName: string; email: string },
): string => totpOf(secret, { issuer: siteName, label: email }).toString()

/** Finds the factor that an account needs to sign in; undefined also for one that is still being set up. */
export async function findSecondFactor(
  db: Database,
  accountId: string,
): Promise<SecondFactor | undefined> {
  const row = await db
    .selectFrom('second_factor')
    .select('confirmed_at')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  if (!row?.confirmed_at) return undefined
  const { codesLeft } = await db
    .selectFrom('recovery_code')
    .select((eb) => eb.fn.countAll<number>().as('codesLeft'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  return { since: fromInstantText(row.confirmed_at), codesLeft: Number(codesLeft) }
}

/** Finds the secret of a factor that is being set up; undefined where there is none, or it is set up. */
export async function findNewSecret(
  db: Database,
  { accountId, key }: Keyed,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('second_factor')
    .select('secret')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  return row && openSealed(row.secret, { key, id: accountId })
}

/**
 * Begins to set a factor up, with another secret than one that was begun before. False, and nothing is changed, where
 * the account has a factor.
 */
export async function insertSecondFactor(
  db: Database,
  { accountId, key }: Keyed,
  now: Temporal.Instant,
): Promise<boolean> {
  const secret = sealText(new Secret({ size: 20 }).base32, { key, id: accountId })
  const row = { secret, created_at: toInstantText(now) }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('second_factor')
    .values({ account_id: accountId, ...row })
    .onConflict((oc) =>
      oc.column('account_id').doUpdateSet(row).where('second_factor.confirmed_at', 'is', null),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/**
 * Sets the factor up by a code of the application, which proves that it has the secret.
 * @returns The recovery codes, which are shown once; undefined where the code is wrong, or nothing was begun.
 */
export const confirmSecondFactor = (
  db: Database,
  { accountId, code, key }: Keyed & { code: string },
  now: Temporal.Instant,
): Promise<string[] | undefined> =>
  inTransaction(db, async (trx) => {
    const secret = await findNewSecret(trx, { accountId, key })
    const step = secret && stepOf(secret, code, now)
    if (!step) return undefined
    const { numUpdatedRows } = await trx
      .updateTable('second_factor')
      .set({ confirmed_at: toInstantText(now), last_step: step })
      .where('account_id', '=', accountId)
      .where('confirmed_at', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows === 1n ? replaceRecoveryCodes(trx, accountId) : undefined
  })

/**
 * Takes a code of the application or a recovery code, each of which counts once. False where it is wrong, or was used.
 */
export async function takeCode(
  trx: Database,
  { accountId, code, key }: Keyed & { code: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('recovery_code')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hashToken(code))
    .executeTakeFirst()
  if (numDeletedRows === 1n) return true
  const secret = await findSecret(trx, { accountId, key })
  const step = secret && stepOf(secret, code, now)
  if (!step) return false
  const { numUpdatedRows } = await trx
    .updateTable('second_factor')
    .set({ last_step: step })
    .where('account_id', '=', accountId)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function findSecret(db: Database, { accountId, key }: Keyed): Promise<string | undefined> {
  const row = await db
    .selectFrom('second_factor')
    .select('secret')
    .where('account_id', '=', accountId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst()
  return row && openSealed(row.secret, { key, id: accountId })
}

/** Returns whether this key of the site reads the secret of an account's application; without, only recovery codes count. */
export const isFactorReadable = async (db: Database, keyed: Keyed): Promise<boolean> =>
  (await findSecret(db, keyed)) !== undefined

/** Counts the accounts whose application is of no use any more, since the key of the site is another or lost. */
export async function countUnreadableFactors(
  db: Database,
  key: Buffer | undefined,
): Promise<number> {
  const rows = await db
    .selectFrom('second_factor')
    .select(['account_id', 'secret'])
    .where('confirmed_at', 'is not', null)
    .execute()
  return rows.filter(
    (row) => !key || openSealed(row.secret, { key, id: row.account_id }) === undefined,
  ).length
}

/** The setting that says by which key secrets are sealed: a hash of its 256 random bits. */
const KEY_SETTING = 'site-key-hash'

/**
 * Returns whether this key of the site is that of the start before, on whichever machine that was. Another one counts
 * from now on where nothing is sealed that it does not open.
 */
export async function isKnownKey(db: Database, key: Buffer): Promise<boolean> {
  const hash = hashToken(key.toString('base64url'))
  const known = await findSetting(db, KEY_SETTING)
  if (known === hash) return true
  if ((await countUnreadableFactors(db, key)) === 0) await saveSetting(db, KEY_SETTING, hash)
  return known === undefined
}

/** Returns the step of 30 seconds to which a code belongs; undefined where it belongs to none about now. */
function stepOf(secret: string, code: string, now: Temporal.Instant): number | undefined {
  const token = code.replaceAll(/\s/gu, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const timestamp = now.epochMilliseconds
  const delta = totpOf(secret).validate({ token, timestamp, window: WINDOW })
  return delta === null ? undefined : TOTP.counter({ period: PERIOD, timestamp }) + delta
}

/** Makes ten recovery codes in place of those that are left, and returns them: the database has their hashes. */
export async function replaceRecoveryCodes(trx: Database, accountId: string): Promise<string[]> {
  await trx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute()
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  const rows = codes.map((code) => ({ account_id: accountId, code_hash: hashToken(code) }))
  await trx.insertInto('recovery_code').values(rows).execute()
  return codes
}

/** Removes the factor with its recovery codes. False where the account had none. */
export async function deleteSecondFactor(trx: Database, accountId: string): Promise<boolean> {
  await trx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute()
  const { numDeletedRows } = await trx
    .deleteFrom('second_factor')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

const SETTING = 'second-factor'

/** Whether every account of the site must have a second factor, which people edit by `saveEdit`. */
export const FACTOR_SETTING: EditedNoun<{ isRequired: boolean }> = {
  type: 'settings',
  find: async (db) => ({ isRequired: await isFactorRequired(db) }),
  versionOf: ({ isRequired }) => String(isRequired),
  save: async (trx, { after }) => {
    await saveSetting(trx, SETTING, after.isRequired ? 'required' : '')
    return after
  },
}

/** Returns whether every account of the site must have a second factor. */
export const isFactorRequired = async (db: Database): Promise<boolean> =>
  (await findSetting(db, SETTING)) === 'required'
