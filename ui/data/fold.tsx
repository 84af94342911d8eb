import type { Child } from 'hono/jsx'

type Props = { id: string; heading: string; children: Child }

/**
 * A part of a long page, folded under its heading, so that the page begins as its table of contents. The id is inside,
 * since browsers open what is folded around the target of a link (HTML, "ancestor revealing algorithm").
 */
export const Fold = ({ id, heading, children }: Props) => (
  <details class="fold">
    <summary>
      <h2>{heading}</h2>
    </summary>
    <div id={id}>{children}</div>
  </details>
)
