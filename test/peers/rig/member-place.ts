import { type CafeIaServer, startCafeIa } from './cafe-ia.ts'
import type { Namespace } from './namespace.ts'
import { eventually } from './visit.ts'

type Address = { host: string; port: number }

/**
 * Starts a directory and a place that joined it with an invitation; both stop with `rig`. The place makes no backup by
 * itself.
 */
export async function startMemberPlace(
  network: Namespace,
  rig: AsyncDisposableStack,
  addresses: { hub: Address; place: Address },
): Promise<{ hub: CafeIaServer; place: CafeIaServer }> {
  const hub = rig.use(await startCafeIa(network, { role: 'hub', ...addresses.hub }))
  const invited = await hub.command('invitation', 'un lieu')
  const [code] = /[a-z\d]{5}-[a-z\d]{5}-[a-z\d]{5}/.exec(invited) ?? ['']
  const settings = { CAFE_IA_HUB: `${hub.origin}/?invitation=${code}`, CAFE_IA_BACKUPS: 'off' }
  const place = rig.use(await startCafeIa(network, { role: 'node', ...addresses.place, settings }))
  await eventually(network, 'the place is a member', async () =>
    hub.query(`select 1 from peer where membership = 'member'`).at(0),
  )
  return { hub, place }
}
