import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { findLink } from '../../../node/store/accounts/links.ts'
import { findTeamInvitation } from '../../../node/store/accounts/team-invitations.ts'
import { hashToken } from '../../../node/store/database/secrets.ts'
import { redeemInvitation } from '../../../node/store/directory/invitations.ts'
import { migrations } from '../../../node/store/migrations/index.ts'
import { listMails } from '../../../node/store/queues/mails.ts'
import type { Schema } from '../../../node/store/schema.ts'
import { findAlertByLink } from '../../../node/store/territories/alerts.ts'
import { openBareDatabase } from '../../support/bare-database.ts'

const AT = '2026-11-25T09:00:00Z'
const LATER = '2026-12-09T17:30:00Z'
const NOW = Temporal.Instant.from('2026-11-26T09:00:00Z')
const CODE = 'abcde-fghjk-mnpqr'

async function insert(db: Kysely<Schema>, table: string, row: Record<string, string | number>) {
  const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)))
  await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(
    db,
  )
}

test('links that people hold keep working, and mails that wait with a secret do not leave', async () => {
  const db = await openBareDatabase()
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  await migrator.migrateTo('2026-12-25-own-starts')
  const made = { created_at: AT }
  await insert(db, 'organization', { id: 'o', slug: 'cafes', name: 'Lieu', ...made })
  await insert(db, 'account', { id: 'a', email: 'camille@lieu.example', name: '', ...made })
  await insert(db, 'sign_in_link', {
    ...{ token_hash: hashToken('entrer'), account_id: 'a', expires_at: LATER, ...made },
  })
  await insert(db, 'invitation', {
    ...{
      code_hash: hashToken(CODE),
      organization_id: 'o',
      label: 'Bruz',
      expires_at: LATER,
      ...made,
    },
  })
  await insert(db, 'team_invitation', {
    ...{ id: 'i', code_hash: hashToken('invite'), organization_id: 'o', role: 'editor' },
    ...{ email: 'noa@lieu.example', invited_by: 'a', expires_at: LATER, ...made },
  })
  await insert(db, 'alert', {
    ...{ id: 'r', email: 'lou@mail.example', area: '35', place: 'Ille-et-Vilaine' },
    ...{ territory: '35', expires_at: LATER, ...made },
  })
  await insert(db, 'alert_link', {
    ...{ token_hash: hashToken('arreter'), alert_id: 'r', purpose: 'stop', ...made },
  })
  const mail = { recipient: 'noa@lieu.example', due_at: AT, expires_at: LATER, ...made }
  const text = 'Bonjour'
  await insert(db, 'mail', { id: 'm1', kind: 'message', subject: 'Bonjour', text, ...mail })
  await insert(db, 'mail', {
    ...{ id: 'm2', kind: 'message', subject: 'Invitation', ...mail },
    text: `https://lieu.example/administration/invitation/${CODE}`,
  })
  await insert(db, 'mail', { id: 'm3', kind: 'sign_in_link', ...mail })
  await insert(db, 'mail', { id: 'm4', kind: 'message', subject: 'Parti', sent_at: AT, ...mail })

  expect((await migrator.migrateToLatest()).error).toBeUndefined()

  expect(await findLink(db, { token: 'entrer', purpose: 'sign-in' }, NOW)).toMatchObject({
    subject: 'a',
  })
  expect(await findTeamInvitation(db, 'invite', NOW)).toMatchObject({ id: 'i', role: 'editor' })
  expect(await findAlertByLink(db, { token: 'arreter', purpose: 'stop-alert' }, NOW)).toMatchObject(
    { id: 'r' },
  )
  expect(await redeemInvitation(db, { code: CODE, usedBy: 'https://bruz.example' }, NOW)).toBe(
    'Bruz',
  )
  const mails = new Map((await listMails(db, 10)).map((each) => [each.id, each]))
  expect(mails.get('m1')).toMatchObject({
    template: 'written',
    params: { subject: 'Bonjour', text },
    droppedAt: undefined,
  })
  expect(mails.get('m2')).toMatchObject({ params: {}, droppedAt: expect.anything() })
  expect(mails.get('m2')?.error).toContain('mise à jour')
  expect(mails.get('m3')).toMatchObject({ template: 'sign-in', droppedAt: undefined })
  expect(mails.get('m4')).toMatchObject({ subject: 'Parti', sentAt: expect.anything() })
  await db.destroy()
})
