import type { PropsWithChildren } from 'hono/jsx'
import { webHref } from '../../node/domain/values/web-address.ts'
import { Link } from './link.tsx'

type Props = PropsWithChildren<{
  /** The address as another server sent it. */
  href: string | undefined
  class?: string
}>

/** A link to another site; only its text when the address is neither http nor https. */
export const OuterLink = ({ href, children, ...attributes }: Props) =>
  webHref(href) ? (
    <Link href={webHref(href)} rel="noopener noreferrer" {...attributes}>
      {children}
    </Link>
  ) : (
    <span {...attributes}>{children}</span>
  )
