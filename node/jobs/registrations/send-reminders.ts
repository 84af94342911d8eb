import type { Context } from '../../context.ts'
import { appendReminderMails, listCafesToRemind } from '../../store/registrations/reminders.ts'
import { runForEach } from '../run-for-each.ts'

/** Reminds those who have seats of the cafés to come, at the times that their teams chose, each minute. */
export async function sendReminders({
  db,
  now,
  wake,
}: Pick<Context, 'db' | 'now' | 'wake'>): Promise<void> {
  await runForEach(await listCafesToRemind(db, now()), async (cafe) => {
    if ((await appendReminderMails(db, cafe, now())) > 0) wake()
  })
}
