import { type ChildServer, startChildServer } from '../support/child-server.ts'

/** A directory and a place that joined it, each a process of its own, over real sockets. */
export type Network = { hub: ChildServer; node: ChildServer; stop(): Promise<void> }

export async function startNetwork(): Promise<Network> {
  const hub = await startChildServer({ ROLE: 'hub', ALLOW_LOOPBACK: '1' })
  const code = await hub.command('invitation', 'Médiathèque du Canal')
  const node = await startChildServer({
    ROLE: 'node',
    ALLOW_LOOPBACK: '1',
    HUB: `${hub.origin}/?invitation=${code}`,
  })
  await until(async () => {
    const members = hub.query<{ n: number }>(
      "select count(*) n from peer where membership = 'member'",
    )
    return members[0]?.n === 1
  }, 'the place is a member')
  return {
    hub,
    node,
    stop: async () => {
      await Promise.all([hub.stop(), node.stop()])
    },
  }
}

/** Asks until the answer is yes. @throws Error when it never is. */
export async function until(
  question: () => Promise<boolean>,
  what: string,
  milliseconds = 15_000,
): Promise<void> {
  const end = Date.now() + milliseconds
  while (Date.now() < end) {
    if (await question()) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`it did not come about that ${what}`)
}
