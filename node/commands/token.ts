import type { Context } from '../context.ts'
import { readScopes, TOKEN_SCOPES } from '../domain/structures/token-scope.ts'
import { createToken } from '../store/accounts/api-tokens.ts'
import { findHosted } from '../store/structures/hosted.ts'
import { findSiteStructure } from '../store/structures/site-structure.ts'
import { CommandError } from './command-error.ts'

type TokenOptions = { scope?: string | undefined; structure?: string | undefined }

/**
 * Makes a token that lets a program write what is this server's by the API.
 * @param options.scope - What it is for, with commas between; everything where it is left out.
 * @param options.structure - The slug of a structure that this site hosts; the site's own where it is left out.
 * @returns The token, which is shown nowhere else afterwards.
 * @throws CommandError before the server has a structure to write for, and for a scope that does not exist.
 */
export async function createApiToken(
  { db, now }: Pick<Context, 'db' | 'now'>,
  label: string,
  { scope = TOKEN_SCOPES.join(','), structure }: TokenOptions = {},
): Promise<string> {
  const words = scope.split(',').map((word) => word.trim())
  const scopes = readScopes(words)
  if (words.length !== scopes.length)
    throw new CommandError(
      `--scope prend un ou plusieurs de ces mots, avec des virgules : ${TOKEN_SCOPES.join(', ')}.`,
    )
  const organization =
    structure === undefined
      ? await findSiteStructure(db)
      : await findHosted(db, { slug: structure })
  if (!organization && structure !== undefined)
    throw new CommandError(`Aucune structure accueillie n’a l’adresse ${structure}.`)
  if (!organization)
    throw new CommandError(
      'Il n’y a encore aucune structure : démarrez d’abord le serveur une fois.',
    )
  const { token } = await createToken(db, { organizationId: organization.id, label, scopes }, now())
  return token
}
