import type { PropsWithChildren } from 'hono/jsx'
import { SubmitButton } from './fields.tsx'
import { Layout } from './layout.tsx'
import { Form, Link } from './link.tsx'
import type { NavLink, Site } from './site.ts'

export type NoticePageProps = PropsWithChildren<{
  site: Site
  title: string
  text: string
  /** The page's one button, whose form is sent to `action`. */
  button?: { action: string; label: string } | undefined
  back?: NavLink | undefined
  /** Whether the page says that something was just done. */
  isDone?: boolean | undefined
}>

/** A page with one message, and what can be done then: one button, the links of its children, a link back. */
export const NoticePage = (props: NoticePageProps) => {
  const { site, title, text, button, back, isDone, children } = props
  return (
    <Layout title={title} site={site} noindex narrow>
      <h1>{title}</h1>
      <p class="lead" role={isDone ? 'status' : undefined}>
        {text}
      </p>
      {button && (
        <Form method="post" action={button.action}>
          <SubmitButton>{button.label}</SubmitButton>
        </Form>
      )}
      {children}
      {back && (
        <p>
          <Link href={back.href}>{back.label}</Link>
        </p>
      )}
    </Layout>
  )
}
