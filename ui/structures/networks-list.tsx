import { Link } from '../components/link.tsx'
import type { NavLink } from '../components/site.ts'
import type { Messages } from '../locales/messages.ts'

/** Lists the networks that a structure belongs to; it is empty without any. */
export const StructureNetworkList = ({
  networks,
  t,
}: {
  networks: readonly NavLink[]
  t: Messages
}) =>
  networks.length === 0 ? null : (
    <>
      <h3>{t.structureNetworks.belongs}</h3>
      <ul class="plain">
        {networks.map(({ href, label }) => (
          <li>
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ul>
    </>
  )
