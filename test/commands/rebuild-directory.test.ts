import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../support/network.ts'
import { type ProgramPair, startProgramPair } from '../support/program-pair.ts'

/** A directory has lost all its data; a list of its former members is left. */

let pair: ProgramPair
beforeAll(async () => {
  pair = await startProgramPair()
}, 90_000)
afterAll(() => pair.close())

test('a directory without a backup is rebuilt from its members, and receives their changes as before', {
  timeout: 200_000,
}, async () => {
  const { hub, place, call, publish, untilListed } = pair
  const openData = async () => {
    const response = await fetch(`${hub.origin}/export/cafes.ndjson?openTo=all`)
    return (await response.text()).split('\n').filter(Boolean).toSorted()
  }
  await publish('Un café')
  const cancelled = await publish('Un café annulé')
  await call('POST', `${new URL(cancelled).pathname}/cancel`, { reason: 'Panne' })
  const gone = await publish('Un café supprimé')
  await untilListed('Un café supprimé')
  await call('DELETE', new URL(gone).pathname)
  const isCancelled = async () => (await openData()).some((line) => line.includes('EventCancelled'))
  await until(async () => (await openData()).length === 2 && (await isCancelled()), {
    what: 'the end of both',
  })
  const before = await openData()

  await hub.lose()
  const list = join(hub.folder, 'sites.txt')
  await writeFile(list, 'pas une adresse du tout\n')
  expect(await hub.command('rebuild', list)).toMatchObject({ code: 1, stdout: '' })
  await writeFile(list, `# membres\n${place.origin}/\n${place.origin}\n${hub.origin}\n`)
  for (const point of [sql`actor_key when new.actor <> 'instance'`, sql`change`]) {
    const cutOff = sql`create trigger cut_off before insert on ${point}
      begin select raise(abort, 'cut off'); end`
    await hub.within((db) => cutOff.execute(db))
    expect(await hub.command('rebuild', list)).toMatchObject({ code: 1, stdout: '' })
    await hub.within((db) => sql`drop trigger cut_off`.execute(db))
  }
  const rebuilt = await hub.command('rebuild', list)
  expect(rebuilt.stdout).toMatch(/^1\ssite est de nouveau membre, sur 1 dans la liste/)
  // A second run does not ask members again.
  expect((await hub.command('rebuild', list)).stdout).toMatch(/^0\ssite/)
  const keys = await hub.within((db) => db.selectFrom('actor_key').select('key_id').execute())
  expect(keys.filter(({ key_id }) => /#(?:main|ed25519)-key-/.test(key_id))).toHaveLength(4)
  await hub.start()
  await until(async () => String(await openData()) === String(before), {
    ...{ within: 90_000, what: 'the same open data' },
  }).catch(async (error: unknown) => {
    // This tells a café that is not here from one that is here and not in the file.
    const stored = await hub.within((db) =>
      db.selectFrom('cafe').select(['title', 'hidden_reason']).execute(),
    )
    expect({ stored, listed: await openData() }).toEqual({ stored, listed: before })
    throw error
  })
  // A feed that is made later has new key ids too, since former followers may remember the old ones.
  const feed = await fetch(`${hub.origin}/actors/cafes-drome`, {
    headers: { accept: 'application/activity+json' },
  })
  const { publicKey } = (await feed.json()) as { publicKey: { id: string } }
  expect(publicKey.id).toMatch(/#main-key-\d/)
  await publish('Le suivant')
  await untilListed('Le suivant')
  const member = await hub.within((db) =>
    db.selectFrom('peer').select(['membership', 'following']).execute(),
  )
  expect(member).toEqual([{ membership: 'member', following: 'accepted' }])
  expect(await place.command('rebuild', list)).toMatchObject({ code: 1 })
})
