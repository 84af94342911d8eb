import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Link } from './link.tsx'

/** On a page of a directory: the link to tell the team of it, and for an administrator the one to hide what it shows. */
export const PageFlag = ({
  address,
  mayHide,
  t,
}: {
  address: string
  mayHide: boolean | undefined
  t: Messages
}) => (
  <p class="fine unprinted">
    <Link href={paths.flag(address)}>{t.admin.network.flag.link}</Link>
    {mayHide && (
      <>
        {' · '}
        <Link href={paths.hideObject(address)}>{t.admin.network.hidden.hide}</Link>
      </>
    )}
  </p>
)
