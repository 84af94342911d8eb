import type { Context } from '../context.ts'
import { createToken } from '../store/accounts/api-tokens.ts'
import { findFirstOrganization } from '../store/structures/organizations.ts'
import { CommandError } from './command-error.ts'

/**
 * Makes a token that lets a program write this server's cafés by the API.
 * @returns The token, which is shown nowhere else afterwards.
 * @throws CommandError before the server has a structure to write for.
 */
export async function createApiToken(
  { db, now }: Pick<Context, 'db' | 'now'>,
  label: string,
): Promise<string> {
  const organization = await findFirstOrganization(db)
  if (!organization)
    throw new CommandError(
      'Il n’y a encore aucune structure : démarrez d’abord le serveur une fois.',
    )
  const { token } = await createToken(db, { organizationId: organization.id, label }, now())
  return token
}
