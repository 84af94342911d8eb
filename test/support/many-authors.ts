import { type ChildServer, startChildServer } from './child-server.ts'
import { activity, CONTEXT, eventually, settleServer } from './hostile-stage.ts'
import { type RemoteActorFixture, type RemotePeer, startRemotePeer } from './remote-peer.ts'
import { watchHealth } from './server-health.ts'

/**
 * One of our servers as a process of its own that follows a group of M, a server which hosts many actors. `troll` is
 * another actor of M, `moderator` one that the group lists (FEP-1b12).
 */
export type ManyAuthors = {
  server: ChildServer
  m: RemotePeer
  group: RemoteActorFixture
  troll: RemoteActorFixture
  moderator: RemoteActorFixture
  /** Posts an activity to the shared inbox, signed by its actor; returns the status. */
  say(by: RemoteActorFixture, said: object): Promise<number>
  /** Serves the object at its own address. */
  serve(object: { id: string; [term: string]: unknown }): void
  settle(): Promise<void>
  titles(): string[]
  /** Finds the row, hidden or not. */
  find(uri: string): Record<string, unknown> | undefined
  counted(name: string): number
  /** Checks that the server is well; it is called after each test. */
  checkHealth(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens the stage.
 * @param had - What the group's list of upcoming cafés has before it is followed.
 */
export async function openManyAuthors(
  role: 'hub' | 'node',
  had: (m: Pick<ManyAuthors, 'group' | 'troll' | 'moderator'>) => unknown[] = () => [],
): Promise<ManyAuthors> {
  const m = await startRemotePeer(2)
  const moderator = m.addActor('moderator', { type: 'Person' })
  const group = m.addActor('group', {
    preferredUsername: 'group',
    attributedTo: `${m.origin}/actors/group/moderators`,
    upcomingEvents: `${m.origin}/actors/group/upcoming`,
    outbox: `${m.origin}/actors/group/outbox`,
  })
  const troll = m.addActor('troll', { type: 'Person', preferredUsername: 'troll' })
  const collection = (path: string, orderedItems: unknown[] = []) =>
    m.pages.set(path, {
      '@context': CONTEXT,
      id: m.origin + path,
      type: 'OrderedCollection',
      orderedItems,
    })
  collection('/actors/group/moderators', [moderator.uri])
  collection('/actors/group/upcoming', had({ group, troll, moderator }))
  collection('/actors/group/outbox')
  const server = await startChildServer({ ROLE: role, ALLOW_LOOPBACK: m.origin })

  const say = async (by: RemoteActorFixture, said: object): Promise<number> => {
    const answer = await m.send(by, `${server.origin}/inbox`, said)
    await answer.arrayBuffer()
    return answer.status
  }
  const settle = () => settleServer(server)

  await server.command('follow', group.uri)
  await server.restart()
  await eventually('the group is asked', async () => m.activitiesOf('Follow').length > 0)
  await say(group, activity(group, 'Accept', { object: m.activitiesOf('Follow')[0]?.json }))
  await eventually('the group has been read', async () =>
    server
      .query<{ backfilled_at: string | null }>('select backfilled_at from peer')
      .some((peer) => peer.backfilled_at !== null),
  )
  await settle()

  return {
    checkHealth: await watchHealth(server),
    server,
    m,
    group,
    troll,
    moderator,
    say,
    settle,
    serve: (object) => m.pages.set(new URL(object.id).pathname, { '@context': CONTEXT, ...object }),
    titles: () =>
      server
        .query<{ title: string }>('select title from cafe where hidden_reason is null')
        .map(({ title }) => title),
    find: (uri) => server.query('select * from cafe where uri = ?', uri)[0],
    counted: (name) =>
      server.query<{ total: number }>(
        'select coalesce(sum(total), 0) as total from daily_count where name = ?',
        name,
      )[0]?.total ?? 0,
    close: async () => {
      await server.stop()
      await m.close()
    },
  }
}
