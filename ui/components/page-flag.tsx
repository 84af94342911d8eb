import type { FlaggedKind } from '../../node/domain/flags/flag.ts'
import type { Messages } from '../locales/messages.ts'
import { paths } from '../paths.ts'
import { Link } from './link.tsx'

type Props = {
  address: string
  kind: FlaggedKind
  /** Whether the café has a picture, which is flagged by itself. */
  hasPicture?: boolean | undefined
  mayHide?: boolean | undefined
  t: Messages
}

/** On a public page: the link to flag what it shows, and for an administrator of a directory the one to hide it. */
export const PageFlag = ({ address, kind, hasPicture, mayHide, t }: Props) => (
  <p class="fine unprinted">
    <Link href={paths.flag(address)}>{t.flag.linkOf[kind]}</Link>
    {hasPicture && (
      <>
        {' · '}
        <Link href={paths.flag(`${address}/photo`)}>{t.flag.linkOf.picture}</Link>
      </>
    )}
    {mayHide && (
      <>
        {' · '}
        <Link href={paths.hideObject(address)}>{t.admin.network.hidden.hide}</Link>
      </>
    )}
  </p>
)
