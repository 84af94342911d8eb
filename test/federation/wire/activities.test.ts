import { expect, test } from 'vitest'
import { announceActivity, undoAnnounceActivity } from '../../../federation/wire/activities.ts'

const ORIGIN = 'https://annuaire.example'

test('an Undo holds the Announce as it was sent, and goes to the same people: GoToSocial reads no other', () => {
  const at = Temporal.Instant.from('2026-11-25T09:00:00.5Z')
  const id = `${ORIGIN}/actors/cafe-ia/announces/1`
  const about = { actor: 'cafe-ia', objectUri: 'https://lieu.example/cafes/1' }
  const { '@context': context, ...announce } = JSON.parse(
    announceActivity(ORIGIN, { id, ...about }, at).body,
  )
  const undo = undoAnnounceActivity(ORIGIN, { ...about, announceId: id, at })
  expect(JSON.parse(undo.body)).toEqual({
    '@context': context,
    id: undo.id,
    type: 'Undo',
    actor: announce.actor,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    cc: [`${ORIGIN}/actors/cafe-ia/followers`],
    object: announce,
  })
  expect(announce).toMatchObject({ id, published: '2026-11-25T09:00:00Z', object: about.objectUri })
  expect(undo.objectUri).toBe(about.objectUri)
})
