import { Layout } from './layout.tsx'
import { Link } from './link.tsx'
import type { Site } from './site.ts'

export type NoticePageProps = {
  site: Site
  title: string
  text: string
  back: { href: string; label: string }
  /** Whether the page says that something was just done. */
  isDone?: boolean | undefined
}

/** A page with one message and a link back. */
export const NoticePage = ({ site, title, text, back, isDone }: NoticePageProps) => (
  <Layout title={title} site={site} noindex narrow>
    <h1>{title}</h1>
    <p class="lead" role={isDone ? 'status' : undefined}>
      {text}
    </p>
    <p>
      <Link href={back.href}>{back.label}</Link>
    </p>
  </Layout>
)
