import { afterEach, expect, test } from 'vitest'
import { OPERATOR } from '../../node/domain/cafes/edit.ts'
import { sendAnswers } from '../../node/jobs/send-answers.ts'
import { saveStatement } from '../../node/store/agreements/statements.ts'
import {
  answerFollowing,
  findFollowingOf,
  saveFollowing,
} from '../../node/store/directory/followings.ts'
import { saveHiddenElsewhere } from '../../node/store/directory/hidden-elsewhere.ts'
import { addManager } from '../../node/store/networks/managers.ts'
import { declareNetwork } from '../../node/store/networks/networks.ts'
import { paths } from '../../ui/paths.ts'
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
  await sendAnswers(place.context)
  expect(await writtenMails(place)).toEqual([])
  const reason = 'Un café n’est pas gratuit.'
  await answerFollowing(db, { id, state: 'refused', reason }, now())
  await sendAnswers(place.context)
  await sendAnswers(place.context)
  const [refused, ...others] = await writtenMails(place)
  expect(others).toEqual([])
  expect(refused?.to).toBe(EMAIL)
  expect(readable(refused?.text ?? '')).toContain(
    'annuaire.example n’accepte pas vos cafés. Raison donnée : « Un café n’est pas gratuit. »',
  )
  await answerFollowing(db, { id, state: 'accepted' }, now())
  await saveHiddenElsewhere(db, { cafeId, directory: DIRECTORY, reason: '' }, now())
  await sendAnswers(place.context)
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
  await sendAnswers(place.context)
  const [mail, ...others] = await writtenMails(place)
  expect(others).toEqual([])
  expect(mail?.text.match(/Atelier \d/g)?.length).toBe(19)
  expect(readable(mail?.text ?? '')).toContain('Et 4 autres réponses.')
})

const STRUCTURES = ['https://un.example/actors/un', 'https://deux.example/actors/deux']

test('the team and the managers of a network hear once what structures answered to its invitations', async () => {
  place = await startWeb({ smtpUrl: 'smtp://127.0.0.1:1' })
  const { db, now } = place.context
  const team = await signInByLink(place)
  const actorUri = `${place.origin}/actors/instance`
  const home = { organizationId: place.organization.id, origin: place.origin, actorUri }
  const description = { name: 'Médiathèques', presentation: '', website: undefined }
  const network = await declareNetwork(db, { description, home, by: OPERATOR }, now())
  const camille = { networkId: network.id, email: EMAIL }
  await addManager(db, { ...camille, email: 'tete@reseau.example' }, now())
  await addManager(db, camille, now())
  const own = `/administration/tetes-de-reseau/reseaux/${network.slug}`
  const stated = { kind: 'member-of', objectUri: network.uri } as const
  const say = (subjectUri: string, side: 'subject' | 'object', isYes: boolean, after: number) => {
    const at = now().add({ seconds: after })
    return saveStatement(db, { ...stated, subjectUri, side, isYes, at }, at)
  }
  const [one = '', two = ''] = STRUCTURES
  for (const uri of STRUCTURES) await say(uri, 'object', true, 1)
  await say('https://trois.example/actors/trois', 'subject', true, 1)
  await sendAnswers(place.context)
  expect(await writtenMails(place)).toEqual([])

  for (let times = 0; times < 3; times++) await say(one, 'subject', true, 2)
  await say(two, 'subject', false, 2)
  await sendAnswers(place.context)
  await sendAnswers(place.context)
  const mails = await writtenMails(place)
  expect(mails.map(({ to }) => to).sort()).toEqual([EMAIL, 'tete@reseau.example'])
  for (const { text } of mails) {
    expect(readable(text)).toContain(
      'un.example a accepté l’invitation du réseau « Médiathèques ».',
    )
    expect(readable(text)).toContain('deux.example a décliné l’invitation du réseau')
    expect(text).not.toContain('trois.example')
  }
  const ofManager = mails.find(({ to }) => to !== EMAIL)
  expect(ofManager?.text).toContain(`${place.origin}${paths.dashboards}`)

  place.advance({ seconds: 5 })
  const line = 'un.example a accepté l’invitation'
  expect(readable((await team.get('/administration')).text)).toContain(
    '2 réponses à des invitations',
  )
  const dashboard = paths.dashboard(network.slug)
  // A browser may open the page before its person does.
  await team.get(dashboard)
  const unread = await team.get(dashboard)
  expect(readable(unread.text)).toContain(line)
  await team.submit(unread, paths.dashboardAnswersRead(network.slug))
  expect(readable((await team.get(dashboard)).text)).not.toContain(line)
  const page = await team.get(own)
  expect(readable(page.text)).toContain(line)
  await team.submit(page, paths.answersRead(network.slug))
  expect(readable((await team.get(own)).text)).not.toContain(line)
  expect(readable((await team.get('/administration')).text)).not.toContain('à des invitations')
})

test('without mail the home alone says it, and nothing waits to be sent once there is mail', async () => {
  place = await startWeb()
  const { db, now } = place.context
  const team = await signInByLink(place)
  await answerFollowing(db, { id: await ask(), state: 'refused', reason: 'Non.' }, now())
  await sendAnswers(place.context)
  expect(await db.selectFrom('mail').selectAll().execute()).toEqual([])
  const home = readable((await team.get('/administration')).text)
  expect(home).toContain('annuaire.example n’accepte pas vos cafés')
  expect(home).toContain('Raison donnée : « Non. »')
})
