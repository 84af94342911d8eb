import type { Child } from 'hono/jsx'
import { SubmitButton } from './fields.tsx'
import { Form } from './link.tsx'

type Props = {
  /** The id of the heading, which names the form. */
  id: string
  heading: string
  level?: 2 | 3
  lead?: Child
  action: string
  /** `get`: the form leads to a page that asks for confirmation, and changes nothing itself. */
  method?: 'get' | 'post'
  /** The session's CSRF token, where somebody is signed in. */
  csrf?: string | undefined
  /** The label of its one button; without it, the children contain the buttons. */
  submit?: string
  isQuiet?: boolean
  children: Child
}

/** A form in a panel with a heading, on a page that holds other things too. */
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
