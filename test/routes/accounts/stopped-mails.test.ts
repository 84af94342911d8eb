import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { REPEATED_MAILS, type RepeatedMail } from '../../../node/domain/values/link.ts'
import { sendDailyMails } from '../../../node/jobs/late-jobs.ts'
import { updateAccount } from '../../../node/store/accounts/accounts.ts'
import { isMailStopped } from '../../../node/store/accounts/stopped-mails.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { listUnaskedCafes } from '../../../node/store/cafes/confirmation-links.ts'
import { saveHiddenElsewhere } from '../../../node/store/directory/hidden-elsewhere.ts'
import { confirmNextEmail } from '../../../node/store/facilitators/own-profiles.ts'
import { appendMail } from '../../../node/store/queues/mails.ts'
import { draftMail } from '../../../ui/admin/mail-templates.ts'
import { announce, EMAIL } from '../../support/admin.ts'
import { fieldsOf } from '../../support/browser.ts'
import { ownCafe } from '../../support/own-cafe.ts'
import {
  admin,
  DIRECTORY,
  deliver,
  publishAs,
  server,
  useProfileSite,
  visitor,
} from '../facilitators/profile-site.ts'

useProfileSite()

const MERYEM = 'meryem@mail.example'
const WORDS: Record<RepeatedMail, RegExp> = {
  'to-do': /Le prochain viendra/,
  'confirm-cafe': /Une seule réponse suffit/,
  answers: /Ce qui attend votre réponse/,
  report: /Combien étiez-vous, l’équipe comprise/,
  'profile-named': /vous nomme comme/,
}
const STOP = /\/courriels\/arret\/[\w-]{43}/g
const ACCOUNT = '/administration/compte'
const MAILS = '/administration/compte/courriels'

/** Gives a day's reason for each kind of mail, and returns the texts that were sent, by kind. */
async function aDay(facilitatorId: string): Promise<Partial<Record<RepeatedMail, string>>> {
  const { context } = server
  const { db, now } = context
  await deliver()
  const date = now().add({ hours: 72 }).toString().slice(0, 10)
  const named = { 'facilitators.shown': '1', facilitators: facilitatorId }
  for (const time of ['18:30', '20:00']) {
    const cafeId = await announce(admin, { date, time, ...named })
    const directory = `https://${DIRECTORY}/actors/instance`
    await saveHiddenElsewhere(db, { cafeId, directory, reason: '' }, now())
  }
  for (const title of ['Brouillon', 'Autre']) await announce(admin, { title, save: 'draft' })
  await saveCafe(db, overNow())
  server.advance({ hours: 24 })
  await sendDailyMails(context)
  const mails = await deliver()
  // Each person has one mail, whatever it is about.
  expect(mails.length).toBe(new Set(mails.map(({ to }) => to)).size)
  const parts = mails.flatMap(({ text }) => text.split('═════'))
  // What nobody wants to be asked is not looked at again every minute.
  expect(await listUnaskedCafes(db, now())).toEqual([])
  const kinds = REPEATED_MAILS.map((kind) => {
    const its = parts.filter((text) => WORDS[kind].test(text))
    expect(its.length).toBeLessThan(2)
    return [kind, its[0]]
  })
  return Object.fromEntries(kinds.filter(([, text]) => text !== undefined))
}

/** Makes a café of the site that has just ended. */
function overNow(): Cafe {
  const { context, origin, organization } = server
  const [id, now] = [randomUUID(), context.now()]
  return {
    ...ownCafe({ startsAt: now.subtract({ hours: 2 }), endsAt: now.subtract({ hours: 1 }) }),
    ...{ id, uri: `${origin}/cafes/${id}`, uid: `${id}@lieu.example` },
    organizationId: organization.id,
  }
}

/** Returns which kinds the pages of their readers show as stopped. */
async function shownAsStopped(profile: string): Promise<string[]> {
  const { toDo, mails } = fieldsOf((await admin.get(ACCOUNT)).text, MAILS)
  const others = ['confirm-cafe', 'answers', 'report'].filter(
    (kind) => !(mails ?? []).includes(kind),
  )
  const own = (await visitor.get(profile)).text.includes('nous ne vous écrivons plus')
  return [
    ...(toDo?.includes('never') ? ['to-do'] : []),
    ...others,
    ...(own ? ['profile-named'] : []),
  ]
}

test('each kind of mail that repeats is stopped by one click in it, alone, and begins again on the page', async () => {
  const { id } = await publishAs('Meryem', MERYEM)
  // A site that has just been made has missed nothing.
  await sendDailyMails(server.context)
  for (const kind of REPEATED_MAILS) {
    const before = await aDay(id)
    expect(Object.keys(before), kind).toEqual([...REPEATED_MAILS])
    // Each mail with a link to the profile ends the links before it.
    const [profile = ''] = before['profile-named']?.match(/\/animation\/moi\/[\w-]{43}/) ?? []
    expect(await shownAsStopped(profile)).toEqual([])
    const links = before[kind]?.match(STOP) ?? []
    expect(links, kind).toHaveLength(1)
    const link = server.origin + links[0]
    const page = await (await fetch(link)).text()
    expect(page).toContain(kind === 'profile-named' ? MERYEM : EMAIL)
    expect(await shownAsStopped(profile)).toEqual([])
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
    expect((await fetch(link, { method: 'POST', body })).status).toBe(200)
    expect(await shownAsStopped(profile)).toEqual([kind])
    const others = REPEATED_MAILS.filter((each) => each !== kind)
    expect(Object.keys(await aDay(id))).toEqual(others)
    if (kind === 'profile-named') await visitor.post(`${profile}/cafes`, { answer: 'mail' })
    else {
      // The order differs, since the same form sent again within a second is a double click.
      const first = kind === 'confirm-cafe' ? 'answers' : kind === 'report' ? kind : 'confirm-cafe'
      const mails = [...new Set([first, 'confirm-cafe', 'answers', 'report'])]
      await admin.submit(await admin.get(ACCOUNT), MAILS, { toDo: 'daily', mails })
    }
  }
  expect(Object.keys(await aDay(id))).toEqual([...REPEATED_MAILS])
})

test('what comes after the mail of the day waits for that of the next, unless that would be too late', async () => {
  const { db, now } = server.context
  await deliver()
  server.advance({ hours: 24 })
  const say = (word: string, hours: number) => {
    const said = { siteName: 'Lieu', lines: word, link: server.origin, isTeam: true }
    const mail = { ...draftMail('answers', said), to: EMAIL, expiresAt: now().add({ hours }) }
    return appendMail(db, mail, now())
  }
  const texts = async () => (await deliver()).map(({ text }) => text)
  await say('Premier.', 48)
  expect(await texts()).toEqual([expect.stringContaining('Premier.')])
  await say('Deuxième.', 48)
  expect(await texts()).toEqual([])
  server.advance({ hours: 24 })
  await say('Troisième.', 48)
  const [both = '', ...others] = await texts()
  expect([both.match(/Deuxième|Troisième/gu), others]).toEqual([['Deuxième', 'Troisième'], []])
  await say('Pressé.', 2)
  expect(await texts()).toEqual([expect.stringContaining('Pressé.')])
  expect(both.match(STOP)).toHaveLength(1)
})

test('a link that stops mails tells a mailbox that its reader has left nothing of the new one', async () => {
  const { db, now } = server.context
  const { id: accountId } = await db.selectFrom('account').select('id').executeTakeFirstOrThrow()
  const { id } = await db.selectFrom('facilitator').select('id').executeTakeFirstOrThrow()
  const mails = await aDay(id)
  const link = (kind: RepeatedMail) => server.origin + (mails[kind]?.match(STOP)?.[0] ?? '')
  const mailedTo = 'nouvelle@mail.example'
  await updateAccount(db, { id: accountId, email: mailedTo, name: 'Ada' })
  await db.updateTable('facilitator_contact').set({ next_email: mailedTo }).execute()
  expect(await confirmNextEmail(db, { id, mailedTo }, now())).toEqual({ former: MERYEM })
  for (const kind of REPEATED_MAILS) {
    for (const method of ['GET', 'POST']) {
      const answer = await fetch(link(kind), { method })
      expect([kind, method, answer.status]).toEqual([kind, method, 410])
      expect(await answer.text()).not.toContain('nouvelle@')
    }
  }
  expect(await isMailStopped(db, { mail: 'profile-named', subject: id })).toBe(false)
  expect(await isMailStopped(db, { mail: 'to-do', subject: accountId })).toBe(false)
})
