import type { Context } from '../context.ts'
import { createInvitation } from '../store/directory/invitations.ts'
import { ensureOrganization } from './sign-in-link.ts'

/**
 * Makes an invitation.
 * @returns The code, which is shown nowhere else afterwards; it admits one structure within 90 days.
 */
export async function createInvitationCode(
  context: Pick<Context, 'db' | 'config' | 'now'>,
  label: string,
): Promise<string> {
  const { id } = await ensureOrganization(context)
  return createInvitation(context.db, { organizationId: id, label }, context.now())
}
