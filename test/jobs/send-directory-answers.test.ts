import { afterEach, expect, test } from 'vitest'
import { sendDirectoryAnswers } from '../../node/jobs/send-directory-answers.ts'
import {
  answerFollowing,
  findFollowingOf,
  saveFollowing,
} from '../../node/store/directory/followings.ts'
import { saveHiddenElsewhere } from '../../node/store/directory/hidden-elsewhere.ts'
import { announce, EMAIL, signInByLink } from '../support/admin.ts'
import { writtenMails } from '../support/mails.ts'
import { readable } from '../support/readable.ts'
import { startWeb, type WebServer } from '../support/server.ts'

const DIRECTORY = 'https://annuaire.example/actors/instance'

let place: WebServer
afterEach(() => place.stop())

async function ask(): Promise<string> {
  const { db, now } = place.context
  const asked = { actor: 'instance', address: 'https://annuaire.example', followId: 'urn:1' }
  await saveFollowing(
    db,
    {
      ...asked,
      targetUri: DIRECTORY,
      isJoin: true,
      invitation: undefined,
      state: 'asked',
      error: undefined,
    },
    now(),
  )
  return (await findFollowingOf(db, DIRECTORY))?.id ?? ''
}

test('one mail says all that directories answered since the last, to administrators, once', async () => {
  place = await startWeb({ smtpUrl: 'smtp://127.0.0.1:1' })
  const { db, now } = place.context
  const team = await signInByLink(place)
  const cafeId = await announce(team, { title: 'Atelier' })
  const id = await ask()
  await sendDirectoryAnswers(place.context)
  expect(await writtenMails(place)).toEqual([])
  const reason = 'Un café n’est pas gratuit.'
  await answerFollowing(db, { id, state: 'refused', reason }, now())
  await sendDirectoryAnswers(place.context)
  await sendDirectoryAnswers(place.context)
  const [refused, ...others] = await writtenMails(place)
  expect(others).toEqual([])
  expect(refused?.to).toBe(EMAIL)
  expect(readable(refused?.text ?? '')).toContain(
    'annuaire.example n’accepte pas vos cafés. Raison donnée : « Un café n’est pas gratuit. »',
  )
  await answerFollowing(db, { id, state: 'accepted' }, now())
  await saveHiddenElsewhere(db, { cafeId, directory: DIRECTORY, reason: '' }, now())
  await sendDirectoryAnswers(place.context)
  const next = (await writtenMails(place)).find((mail) => mail.text !== refused?.text)
  const text = readable(next?.text ?? '')
  expect(text).toContain('annuaire.example a accepté votre demande')
  expect(text).toContain('« Atelier » n’est pas montré par annuaire.example.')
  expect(text).toContain('Aucune raison n’a été donnée.')
})

test('a directory that hides many at once makes one mail of twenty lines, and the rest as a number', async () => {
  place = await startWeb({ smtpUrl: 'smtp://127.0.0.1:1' })
  const { db, now } = place.context
  const team = await signInByLink(place)
  await answerFollowing(db, { id: await ask(), state: 'accepted' }, now())
  for (let index = 0; index < 23; index++) {
    const cafeId = await announce(team, { title: `Atelier ${index}` })
    await saveHiddenElsewhere(db, { cafeId, directory: DIRECTORY, reason: '' }, now())
  }
  await sendDirectoryAnswers(place.context)
  const [mail, ...others] = await writtenMails(place)
  expect(others).toEqual([])
  expect(mail?.text.match(/Atelier \d/g)?.length).toBe(19)
  expect(readable(mail?.text ?? '')).toContain('Et 4 autres réponses.')
})

test('without mail the home alone says it, and nothing waits to be sent once there is mail', async () => {
  place = await startWeb()
  const { db, now } = place.context
  const team = await signInByLink(place)
  await answerFollowing(db, { id: await ask(), state: 'refused', reason: 'Non.' }, now())
  await sendDirectoryAnswers(place.context)
  expect(await db.selectFrom('mail').selectAll().execute()).toEqual([])
  const home = readable((await team.get('/administration')).text)
  expect(home).toContain('annuaire.example n’accepte pas vos cafés')
  expect(home).toContain('Raison donnée : « Non. »')
})
