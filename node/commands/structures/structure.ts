import type { Context } from '../../context.ts'
import { SHARES_OF_STRUCTURE_MAX } from '../../domain/limits/limits.ts'
import { CLOSED_PASTS, SUSPENSION_REASON_MAX, toSlug } from '../../domain/structures/hosted.ts'
import { readShares } from '../../domain/structures/shares.ts'
import { isEmail } from '../../domain/values/contact.ts'
import { DomainError } from '../../domain/values/errors.ts'
import { plural } from '../../domain/values/number-text.ts'
import { findAccountByEmail, insertAccount } from '../../store/accounts/accounts.ts'
import { insertRole } from '../../store/accounts/team.ts'
import { saveClosing } from '../../store/structures/closing.ts'
import {
  createHosted,
  deleteSuspension,
  findHosted,
  type HostedStructure,
  listHosted,
  saveSuspension,
} from '../../store/structures/hosted.ts'
import { findUseOfSite, saveShares } from '../../store/structures/structure-shares.ts'
import { CommandError } from '../command-error.ts'
import { createSignInLink, ensureOrganization } from '../sign-in-link.ts'

type SiteContext = Pick<Context, 'db' | 'config' | 'now'>

/** Who did it, in the journal that administrators read: the person at the terminal has no account here. */
const WHO = 'cafe-ia structure'

const NAME_MAX = 100

/**
 * Opens a hosted structure, with the account of its first administrator where an address is given.
 * @returns The address of its page, and the link by which that person signs in.
 * @throws CommandError for a name or an address that is none, or that is taken.
 */
export async function createStructure(
  context: SiteContext,
  {
    name,
    slug = toSlug(name),
    email,
  }: { name: string; slug?: string | undefined; email?: string | undefined },
): Promise<string[]> {
  const { db, config, now } = context
  if (name.trim() === '' || name.length > NAME_MAX)
    throw new CommandError(`Le nom prend 1 à ${NAME_MAX} caractères.`)
  if (email !== undefined && !isEmail(email)) throw new DomainError('invalid', 'admin.not_an_email')
  await ensureOrganization(context)
  const opened = await createHosted(db, { slug, name: name.trim(), by: WHO }, now())
  if ('problem' in opened)
    throw new CommandError(
      opened.problem === 'not_free'
        ? `L’adresse ${slug} est prise ou réservée : donnez-en une autre avec --slug.`
        : `--slug prend 3 à 40 lettres sans accent, chiffres ou traits d’union, et non ${slug}.`,
    )
  const page = `${config.origin}/structures/${opened.structure.slug}`
  if (email === undefined) return [page]
  const role = { organizationId: opened.structure.id, role: 'administrator' } as const
  const known = await findAccountByEmail(db, email)
  if (known) await insertRole(db, { accountId: known.id, ...role })
  else await insertAccount(db, { email, ...role }, now())
  return [page, await createSignInLink(context, email)]
}

/** Lists the hosted structures, a line for each: slug, name and state, with tabs between. */
export async function listStructureLines({ db }: SiteContext): Promise<string[]> {
  const structures = await listHosted(db, Number.MAX_SAFE_INTEGER)
  return structures.map(({ slug, name, suspension }) =>
    [slug, name, suspension ? `suspendue : ${suspension.reason}` : 'en ligne'].join('\t'),
  )
}

/**
 * Suspends a hosted structure, as its page does; its team reads the reason in the administration.
 * @throws CommandError for a structure that is not there, and for a reason that is empty or too long.
 */
export async function saveSuspensionBySlug(
  context: SiteContext,
  { slug, reason }: { slug: string; reason: string },
): Promise<string> {
  const { db, now } = context
  const { id, name } = await findBySlug(context, slug)
  const said = reason.trim()
  if (said === '' || said.length > SUSPENSION_REASON_MAX)
    throw new CommandError(`--reason prend 1 à ${SUSPENSION_REASON_MAX} caractères.`)
  const isNew = await saveSuspension(db, { id, reason: said, by: WHO }, now())
  return isNew ? `${name} est suspendue.` : `${name} l’était déjà.`
}

/**
 * Shows a suspended structure again.
 * @throws CommandError for a structure that is not there.
 */
export async function deleteSuspensionBySlug(context: SiteContext, slug: string): Promise<string> {
  const { id, name } = await findBySlug(context, slug)
  const was = await deleteSuspension(context.db, { id, by: WHO }, context.now())
  return was ? `${name} est rétablie.` : `${name} n’était pas suspendue.`
}

/**
 * Gives a structure so many shares of the site, or only says what it uses of its own.
 * @throws CommandError for a structure that is not there, and for what is no number of shares.
 */
export async function saveSharesBySlug(
  { db, now }: SiteContext,
  { slug, shares }: { slug: string; shares?: string | undefined },
): Promise<string[]> {
  const { id, name } = await findBySlug({ db }, slug)
  const asked = shares === undefined ? undefined : readShares(shares)
  if (shares !== undefined && asked === undefined)
    throw new CommandError(`--shares prend un nombre de 1 à ${SHARES_OF_STRUCTURE_MAX}.`)
  if (asked !== undefined) await saveShares(db, { id, shares: asked, by: WHO }, now())
  const use = await findUseOfSite(db, id, now())
  return [
    `${name} : ${plural(use.shares, 'part', 'parts')}`,
    `cafés à venir\t${use.cafes.used} sur ${use.cafes.most}`,
    `images\t${use.pictures.used} sur ${use.pictures.most}`,
    `agendas suivis\t${use.calendars.used} sur ${use.calendars.most}`,
  ]
}

/**
 * Closes a hosted structure for good, once `past` and `confirm` say so; the running server does what is left.
 * @throws CommandError for a structure that is not there, or closed already, and where nobody has said what goes.
 */
export async function saveClosingBySlug(
  context: SiteContext,
  {
    slug,
    past,
    confirm = false,
  }: { slug: string; past?: string | undefined; confirm?: boolean | undefined },
): Promise<string> {
  const { id, name, closing } = await findBySlug(context, slug)
  if (closing) throw new CommandError(`${name} est déjà fermée.`)
  const chosen = CLOSED_PASTS.find((known) => known === past)
  if (!chosen) throw new CommandError('--past prend kept (le passé reste) ou gone (tout s’efface).')
  if (!confirm)
    return `${name} : ses cafés à venir seraient annulés ou effacés, son équipe et ses profils effacés${chosen === 'gone' ? ', tout son passé aussi' : ''}. Rien n’est changé : relancez avec --confirm.`
  await saveClosing(context.db, { id, past: chosen, by: WHO }, context.now())
  return `${name} est fermée ; le site finit dans les minutes qui viennent.`
}

async function findBySlug({ db }: Pick<SiteContext, 'db'>, slug: string): Promise<HostedStructure> {
  const structure = await findHosted(db, { slug })
  if (!structure) throw new CommandError(`Aucune structure accueillie n’a l’adresse ${slug}.`)
  return structure
}
