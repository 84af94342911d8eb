import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSignInLink } from '../../../node/commands/sign-in-link.ts'
import { sendBackupNotices } from '../../../node/jobs/backup/backup-notices.ts'
import { writeMail } from '../../../node/routes/accounts/write-mail.ts'
import { findBackupState, saveBackupState } from '../../../node/store/backup/backup-state.ts'
import { leaseMail } from '../../../node/store/queues/outgoing-mails.ts'
import { startWeb, type WebServer } from '../../support/server.ts'

let web: WebServer
beforeEach(async () => {
  web = await startWeb()
  await createSignInLink(web.context, 'camille@mediatheque.example')
})
afterEach(() => web.stop())

const notify = async () => {
  await sendBackupNotices(web.context)
  const mail = await leaseMail(web.context.db, web.context.now())
  return mail && (await writeMail(web.context, mail, 'mailbox'))
}

test('who administers is told once a week that there is no recent backup, and what prevents it', async () => {
  const { db, now } = web.context
  expect(await notify()).toBeUndefined()
  const last = { at: now(), file: 'x', bytes: 1 }
  const problem = 'Il n’y a plus assez de place sur le disque de /data/backups.'
  await saveBackupState(db, { since: now(), last, problem, toldAt: undefined })
  expect(await notify()).toBeUndefined()
  web.advance({ hours: 49 })
  const mail = await notify()
  expect(mail?.subject).toBe('Pas de sauvegarde récente de la Médiathèque du Canal')
  expect(mail?.text).toMatch(/est du mercredi 25.novembre.2026/)
  expect(mail?.text).toContain(problem)
  expect(await notify()).toBeUndefined()
  web.advance({ hours: 24 * 7 })
  expect(await notify()).toBeDefined()
  expect((await findBackupState(db))?.last).toEqual({ ...last, at: last.at })
})

test('who administers is told once a day that another place takes no copy, which setting names it and what to do', async () => {
  const { db, now } = web.context
  const problem = 'Il n’y a plus assez de place sur le disque de /mnt/disque.'
  const last = { at: now(), file: 'x', bytes: 1 }
  await saveBackupState(db, {
    ...{ since: now(), last, problem, toldAt: undefined },
    ...{ copyFailingSince: now(), copySettings: ['CAFE_IA_BACKUP_COPY'] },
  })
  const mail = await notify()
  expect(mail?.subject).toBe('La sauvegarde de la Médiathèque du Canal n’est plus copiée ailleurs')
  expect(mail?.text).toMatch(
    /depuis le mercredi 25\snovembre\s2026\s.*\(réglage\sCAFE_IA_BACKUP_COPY\)/,
  )
  expect(mail?.text).toContain(problem)
  expect(mail?.text).toMatch(
    /- Vérifiez que le disque ou le dossier donné dans CAFE_IA_BACKUP_COPY/,
  )
  expect(mail?.text).not.toContain('CAFE_IA_BACKUP_S3')
  const count = async () => {
    await sendBackupNotices(web.context)
    return (await db.selectFrom('mail').select('id').execute()).length
  }
  web.advance({ hours: 23 })
  expect(await count()).toBe(1)
  web.advance({ hours: 1 })
  expect(await count()).toBe(2)
  const state = await findBackupState(db)
  const copied = { last: { ...last, at: now() }, copyFailingSince: undefined }
  if (state) await saveBackupState(db, { ...state, ...copied })
  web.advance({ hours: 24 })
  expect(await count()).toBe(2)
})
