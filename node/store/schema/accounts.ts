import type { Generated } from 'kysely'
import type { AuthorKind } from '../../domain/cafes/edit.ts'
import type { LinkPurpose } from '../../domain/values/link.ts'

/** The tables of accounts and of the ways to sign in. */
export interface AccountTables {
  account: {
    id: string
    email: string
    asked_email: Generated<string | null>
    name: string
    password_hash: string | null
    created_at: string
    entered_at: Generated<string | null>
    by_link_only: Generated<number>
    to_do_mail: Generated<'daily' | 'weekly' | 'never' | null>
    to_do_seen_on: Generated<string | null>
    to_do_told_on: Generated<string | null>
    to_do_seen: Generated<string | null>
    stopped_mails: Generated<string>
  }
  role: { account_id: string; organization_id: string; role: 'administrator' | 'editor' }
  session: {
    token_hash: string
    account_id: string
    user_agent: string
    /** The structure for which its person works now; null until they choose one. */
    organization_id: Generated<string | null>
    created_at: string
    last_used_at: string
    expires_at: string
  }
  second_factor: {
    account_id: string
    secret: string
    created_at: string
    confirmed_at: Generated<string | null>
    /** The step of 30 seconds of the last code that was taken. */
    last_step: Generated<number>
  }
  recovery_code: { account_id: string; code_hash: string }
  link: {
    token_hash: string
    purpose: LinkPurpose
    subject: string
    mailed_to: string | null
    created_at: string
    expires_at: string | null
    used_at: string | null
  }
  team_invitation: {
    id: string
    organization_id: string
    role: 'administrator' | 'editor'
    email: string | null
    invited_by: string
    created_at: string
    expires_at: string
    used_at: string | null
  }
  api_token: {
    id: string
    organization_id: string
    account_id: string | null
    label: string
    /** Words of `TOKEN_SCOPES`, with spaces between. */
    scopes: string
    token_hash: string
    created_at: string
    expires_at: string | null
    last_used_at: string | null
    revoked_at: string | null
  }
  act: {
    id: string
    log: 'access' | 'edit' | 'journal'
    at: string
    who: string
    author: AuthorKind
    act: string
    subject: string
    about: string
    territory: string | null
    organization_id: string | null
    reason: string
    changes: string | null
  }
  idempotent_answer: {
    token_id: string
    key: string
    request_hash: string
    status: number
    body: string
    created_at: string
  }
}
