import type { Context } from '../context.ts'
import type { AuditAct } from '../domain/values/audit.ts'
import { isEmail } from '../domain/values/contact.ts'
import { DomainError } from '../domain/values/errors.ts'
import { plural } from '../domain/values/number-text.ts'
import { findPasswordProblem } from '../routes/accounts/new-password.ts'
import { enqueueFactorMail } from '../routes/accounts/second-factor.tsx'
import {
  type AccountRole,
  changePassword,
  findAccountByEmail,
  insertAccount,
  NAME_MAX,
  PASSWORD_MAX,
  PASSWORD_MIN,
  toEmail,
} from '../store/accounts/accounts.ts'
import { appendAudit } from '../store/accounts/acts.ts'
import { countTokensOf } from '../store/accounts/api-tokens.ts'
import { deleteSecondFactor } from '../store/accounts/second-factors.ts'
import { type Colleague, listColleagues, removeColleague } from '../store/accounts/team.ts'
import { type Database, inTransaction } from '../store/database/database.ts'
import { newCode } from '../store/database/secrets.ts'
import { CommandError } from './command-error.ts'
import { createSignInLink, ensureOrganization } from './sign-in-link.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

/** Who did it, in the journal that administrators read: the person at the terminal has no account here. */
const WHO = 'cafe-ia account'

const ROLES: readonly AccountRole[] = ['administrator', 'editor']

/**
 * Lists the accounts of the team.
 * @returns A line for each: address, role, name and way in, with tabs between.
 */
export async function listAccounts(context: SiteContext): Promise<string[]> {
  const colleagues = await listTeam(context)
  return colleagues.map(({ email, role, name, hasPassword }) =>
    [email, role, name, hasPassword ? 'mot de passe' : 'lien'].join('\t'),
  )
}

/**
 * Makes an account of the team.
 * @returns A link by which its person enters once within 24 hours, and chooses a password.
 * @throws DomainError for an address that is none or that an account has, and for a role that does not exist.
 */
export async function createAccount(
  context: SiteContext,
  { email, role: word, name = '' }: { email: string; role: string; name?: string | undefined },
): Promise<string> {
  const { db, now } = context
  if (!isEmail(email)) throw new DomainError('invalid', 'admin.not_an_email')
  if (name.length > NAME_MAX) throw new CommandError(`--name prend ${NAME_MAX} caractères au plus.`)
  const role = ROLES.find((one) => one === word)
  if (!role) throw new CommandError(`--role prend un de ces mots : ${ROLES.join(', ')}.`)
  const { id: organizationId } = await ensureOrganization(context)
  await inTransaction(db, async (trx) => {
    if (await findAccountByEmail(trx, email))
      throw new DomainError('conflict', 'accounts.email_taken')
    await insertAccount(trx, { email, name: name.trim(), organizationId, role }, now())
    await audit(trx, { act: 'account-made', about: role }, now())
  })
  return createSignInLink(context, email)
}

/**
 * Deletes an account of the team, as its page does.
 * @throws CommandError for the last administrator, and for an address that no account of the team has.
 */
export async function endAccount(context: SiteContext, email: string): Promise<string> {
  const { db, now } = context
  const { id } = await findColleague(context, email)
  const { id: organizationId } = await ensureOrganization(context)
  return inTransaction(db, async (trx) => {
    const tokens = await countTokensOf(trx, id)
    const { outcome } = await removeColleague(trx, { accountId: id, organizationId })
    if (outcome === 'last_administrator')
      throw new CommandError(
        `${email} est le dernier compte qui administre : créez-en d’abord un autre (cafe-ia account create … --role administrator).`,
      )
    if (outcome === 'unknown') throw new DomainError('gone', 'accounts.account_gone')
    await audit(trx, { act: 'member-removed', about: '' }, now())
    const ended = plural(tokens, 'jeton de l’API ne vaut', 'jetons de l’API ne valent')
    return `${email} n’entre plus.${tokens > 0 ? ` ${ended} plus.` : ''}`
  })
}

/**
 * Gives an account of the team a new password; all its sessions and mailed links end.
 * @param input - Where the password is read, on one line; undefined to make one.
 * @returns The password that was made, which is shown nowhere else afterwards, or that it is done.
 * @throws CommandError for an address that no account of the team has, and for a password too short or too long.
 */
export async function replacePasswordOf(
  context: SiteContext,
  email: string,
  input: AsyncIterable<Buffer | string> | undefined,
): Promise<string> {
  const { db, now } = context
  const { id } = await findColleague(context, email)
  const typed = input && (await readLine(input))
  if (typed !== undefined && findPasswordProblem(typed))
    throw new CommandError(
      `Le mot de passe, lu sur une ligne, a de ${PASSWORD_MIN} à ${PASSWORD_MAX} caractères.`,
    )
  const password = typed ?? newCode()
  await inTransaction(db, async (trx) => {
    await changePassword(trx, { accountId: id, password, keepSession: undefined })
    await audit(trx, { act: 'password-given', about: '' }, now())
  })
  return typed === undefined ? password : `${email} a un nouveau mot de passe.`
}

/**
 * Removes the second factor of an account of the team, whose person has neither their phone nor a recovery code; they
 * are told by mail.
 * @throws CommandError for an address that no account of the team has.
 */
export async function resetFactorOf(context: SiteContext, email: string): Promise<string> {
  const { db, now } = context
  const { id } = await findColleague(context, email)
  const { name: siteName } = await ensureOrganization(context)
  const wasOn = await inTransaction(db, async (trx) => {
    if (!(await deleteSecondFactor(trx, id))) return false
    await enqueueFactorMail(trx, context, {
      account: { email: toEmail(email) },
      siteName,
      what: 'reset',
    })
    await audit(trx, { act: 'factor-reset', about: '' }, now())
    return true
  })
  return wasOn ? `${email} entre sans deuxième facteur.` : `${email} n’a pas de deuxième facteur.`
}

const audit = (
  trx: Database,
  entry: { act: AuditAct; about: string },
  now: Temporal.Instant,
): Promise<void> => appendAudit(trx, { who: WHO, ...entry }, now)

async function listTeam(context: SiteContext): Promise<Colleague[]> {
  const { id } = await ensureOrganization(context)
  return listColleagues(context.db, id)
}

async function findColleague(context: SiteContext, email: string): Promise<Colleague> {
  const team = await listTeam(context)
  const colleague = team.find((one) => one.email === toEmail(email))
  if (!colleague)
    throw new CommandError(
      `Aucun compte de l’équipe n’a l’adresse ${email} : voyez cafe-ia account list.`,
    )
  return colleague
}

/** A character takes four bytes of UTF-8 at most, and the line has an end. */
const PASSWORD_BYTES = 4 * PASSWORD_MAX + 2

/** Reads the first line, and no more than a password can have. */
async function readLine(input: AsyncIterable<Buffer | string>): Promise<string> {
  let read = Buffer.alloc(0)
  for await (const piece of input) {
    read = Buffer.concat([read, Buffer.from(piece)])
    if (read.includes('\n') || read.length > PASSWORD_BYTES) break
  }
  return read.toString().split(/\r?\n/, 1)[0] ?? ''
}
