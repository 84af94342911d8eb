import { beforeEach, describe, expect, test } from 'vitest'
import type { Cafe } from '../../../node/domain/cafes/cafe.ts'
import { toCsv } from '../../../node/formats/csv/write.ts'
import { toICalendar } from '../../../node/formats/icalendar/icalendar.ts'
import { openAgendaParts } from '../../../node/formats/web/open-agenda.ts'
import { organizerOf } from '../../../node/routes/workspaces/organizer.ts'
import { saveCafe } from '../../../node/store/cafes/cafes.ts'
import { createCafe } from '../../../node/store/cafes/own-cafes.ts'
import { aCafe } from '../../support/format-cafe.ts'
import { eventOf, ORIGIN } from '../../support/imports.ts'
import { SOMEBODY } from '../../support/own-cafes.ts'
import { here, read, shown, useImporter } from './imported.ts'

useImporter()

describe('our own exports that come back', () => {
  const announce = (changes: Partial<Cafe> = {}) => {
    const organizer = organizerOf({ origin: ORIGIN }, here.organization)
    const content = aCafe(changes)
    return createCafe(
      here.db,
      {
        by: SOMEBODY,
        content,
        organizationId: here.organization.id,
        organizer,
        origin: ORIGIN,
        publication: 'published',
      },
      here.now(),
    )
  }
  const asCalendar = (cafes: Cafe[]) =>
    toICalendar(cafes, { name: 'Agenda', url: `${ORIGIN}/agenda.ics` })

  const asAgenda = (cafes: Cafe[]) => {
    const { head, part, rest, foot } = openAgendaParts()
    return [head, part(cafes, 0), ...(rest?.() ?? []), foot()].join('')
  }

  beforeEach(async () => {
    await announce({ speakers: ['Une voix connue'], openTo: 'reserved' })
    await announce({
      title: '=1+1 ou trois',
      status: 'cancelled',
      statusNote: 'Panne',
      startsAt: Temporal.Instant.from('2026-12-05T17:30:00Z'),
      endsAt: Temporal.Instant.from('2026-12-05T19:00:00Z'),
    })
    await announce({
      title: 'En ligne',
      attendanceMode: 'online',
      onlineUrl: 'https://visio.example/cafe',
      venue: undefined,
      startsAt: Temporal.Instant.from('2026-12-06T17:30:00Z'),
      endsAt: Temporal.Instant.from('2026-12-06T19:00:00Z'),
    })
    await read(eventOf('RRULE:FREQ=WEEKLY;COUNT=2', 'DTSTART:20261210T173000Z', 'DTEND:'))
  })

  test.each([
    ['table', toCsv],
    ['calendar', asCalendar],
    ['file for OpenAgenda', asAgenda],
  ])('as a %s change nothing', async (_, write) => {
    const before = await here.state()
    const steps = await here.read(write(await here.cafes()))
    expect(shown(steps)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged', 'unchanged'])
    expect(await here.state()).toBe(before)
  })

  test('with cells that somebody changed, or columns taken out, change just that', async () => {
    const [first] = await here.cafes()
    const table = `id;titre;debut\n${first?.uri};Un autre titre;2026-12-03T19:00:00+01:00`
    expect(shown(await here.read(table))).toEqual(['updated'])
    const [changed] = await here.cafes()
    expect(changed).toMatchObject({
      title: 'Un autre titre',
      summary: first?.summary,
      openTo: 'reserved',
      speakers: ['Une voix connue'],
      venue: first?.venue,
    })
    expect(changed?.startsAt.toString()).toBe('2026-12-03T18:00:00Z')
    expect(changed?.endsAt.toString()).toBe('2026-12-03T19:30:00Z')
  })

  test('with another town lose the codes and the point of the old one', async () => {
    const [first, ...others] = await here.cafes()
    if (!first) throw new Error('no café')
    const table = toCsv([first])
      .replace(';35000;Rennes;', ';26150;Die;')
      .replace('14 rue des Tilleuls', '')
    expect(shown(await here.read(table))).toEqual(['updated'])
    expect((await here.cafes())[0]?.venue).toMatchObject({
      commune: 'Die',
      postalCode: '26150',
      codeInsee: '26113',
      departement: '26',
    })
    expect((await here.cafes()).slice(1)).toEqual(others)
  })

  test('bring a cancelled café back when its word is changed in the table', async () => {
    const table = toCsv(await here.cafes())
    const steps = await here.read(table.replace(';annulé;Panne;', ';prévu;;'))
    expect(shown(steps).filter((outcome) => outcome !== 'unchanged')).toEqual([
      'updated (reinstated)',
    ])
  })

  test('never announce again what another site that we follow announces', async () => {
    const [cafe] = await here.cafes()
    await here.db
      .insertInto('peer')
      .values({
        id: 'peer-1',
        host: 'die.example',
        origin: 'https://die.example',
        actor_uri: 'https://die.example/actors/instance',
        name: 'Die',
        search_text: ' die die example ',
        ...{ software: null, invitation: null, request_id: null, requested_at: null },
        ...{ admitted_at: null, left_at: null, last_seen_at: null, failing_since: null },
        ...{ last_error: null, backfilled_at: null, reconciled_at: null },
        membership: 'member',
        following: 'accepted',
      })
      .execute()
    const id = '0197a1c2-0000-7000-8000-00000000aaaa'
    const uri = `https://die.example/cafes/${id}`
    const theirs = {
      ...aCafe(),
      id,
      uri,
      url: uri,
      uid: `${id}@die.example`,
      peerId: 'peer-1',
      organizationId: undefined,
    }
    await saveCafe(here.db, theirs)
    expect(shown(await here.read(toCsv([theirs])))).toEqual(['aside (elsewhere)'])
    expect(shown(await here.read(asCalendar([theirs])))).toEqual(['aside (elsewhere)'])
    expect(cafe).toBeDefined()
  })
})
