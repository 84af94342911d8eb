import type { Child } from 'hono/jsx'

export const Group = ({ title, children }: { title: string; children: Child }) => (
  <fieldset class="group">
    <legend>{title}</legend>
    {children}
  </fieldset>
)
