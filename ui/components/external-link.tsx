import type { PropsWithChildren } from 'hono/jsx'
import { webHref } from '../paths.ts'
import { Link } from './link.tsx'

type Props = PropsWithChildren<{
  /** As a stranger wrote it. */
  href: string | undefined
  class?: string
}>

/** A link to another site; only its words when the address is not one of the web's. */
export const OuterLink = ({ href, children, ...attributes }: Props) =>
  webHref(href) ? (
    <Link href={webHref(href)} rel="noopener noreferrer" {...attributes}>
      {children}
    </Link>
  ) : (
    <span {...attributes}>{children}</span>
  )
