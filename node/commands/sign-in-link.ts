import type { Context } from '../context.ts'
import { SITE_SLUG } from '../domain/structures/hosted.ts'
import { isEmail } from '../domain/values/contact.ts'
import { DomainError } from '../domain/values/errors.ts'
import {
  type Account,
  findAccountByEmail,
  findFirstAdministrator,
  insertAccount,
} from '../store/accounts/accounts.ts'
import { appendAudit } from '../store/accounts/acts.ts'
import { insertLinkTo } from '../store/accounts/links.ts'
import { inTransaction } from '../store/database/database.ts'
import { uuidV7 } from '../store/database/uuid.ts'
import { insertOrganization, type Organization } from '../store/structures/organizations.ts'
import { findSiteStructure } from '../store/structures/site-structure.ts'

/**
 * How long the link is valid: long enough to be read from a terminal and opened elsewhere; a mailed one lasts 30
 * minutes.
 */
const LINK_HOURS = 24

/**
 * Makes a one-time link that signs the administrator in, within 24 hours. It is for the person who runs commands on the
 * server, who has access to the database itself: no page shows such a link. The first call makes the first account,
 * with this e-mail address or with one that is asked for at the first sign-in; an address without an account gets one.
 * @returns The link, under the server's own origin.
 * @throws DomainError for an address that is none.
 */
export async function createSignInLink(
  { db, config, now }: Pick<Context, 'db' | 'config' | 'now'>,
  email?: string | undefined,
): Promise<string> {
  const account = (await findFor(db, email)) ?? (await insertAdministrator())
  const expiresAt = now().add({ hours: LINK_HOURS })
  const link = { purpose: 'sign-in', subject: account.id, expiresAt } as const
  const token = await insertLinkTo(db, link, now())
  return `${config.origin}/administration/lien/${token}`

  async function insertAdministrator(): Promise<Account> {
    if (email && !isEmail(email)) throw new DomainError('invalid', 'admin.not_an_email')
    const { id: organizationId } = await ensureOrganization({ db, config, now })
    const role = 'administrator'
    return inTransaction(db, async (trx) => {
      await appendAudit(
        trx,
        { who: 'cafe-ia sign-in-link', act: 'account-made', about: role },
        now(),
      )
      return insertAccount(trx, { email, organizationId, role }, now())
    })
  }
}

const findFor = (db: Context['db'], email: string | undefined): Promise<Account | undefined> =>
  email ? findAccountByEmail(db, email) : findFirstAdministrator(db)

/**
 * Finds or makes the structure for which this server publishes; it is named after its address until somebody renames
 * it.
 */
export async function ensureOrganization({
  db,
  config,
  now,
}: Pick<Context, 'db' | 'config' | 'now'>): Promise<Organization> {
  const known = await findSiteStructure(db)
  if (known) return known
  const name = new URL(config.origin).hostname
  await insertOrganization(db, { id: uuidV7(now()), slug: SITE_SLUG, name }, now())
  return (await findSiteStructure(db)) as Organization
}
