import type { Child } from 'hono/jsx'
import { SubmitButton } from './fields.tsx'
import { Form } from './link.tsx'

type Props = {
  /** Of the heading, which names the form. */
  id: string
  heading: string
  level?: 2 | 3
  lead?: Child
  action: string
  /** `get`: it leads to a page that asks first, and nothing changes by it. */
  method?: 'get' | 'post'
  /** The token of the session, where somebody is signed in. */
  csrf?: string | undefined
  /** The words of its one button; without, the buttons are among its children. */
  submit?: string
  isQuiet?: boolean
  children: Child
}

/** A form in a panel of its own, under a heading, on a page that holds something else too. */
export const PanelForm = (props: Props) => {
  const { id, heading, lead, action, method = 'post', csrf, submit, isQuiet, children } = props
  const Heading = props.level === 3 ? 'h3' : 'h2'
  return (
    <Form
      method={method}
      action={action}
      csrf={csrf}
      class="panel stack"
      aria-labelledby={id}
      novalidate
    >
      <Heading id={id}>{heading}</Heading>
      {lead && <p>{lead}</p>}
      {children}
      {submit && <SubmitButton quiet={isQuiet}>{submit}</SubmitButton>}
    </Form>
  )
}
