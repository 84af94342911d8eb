import type { PropsWithChildren } from 'hono/jsx'

/**
 * What has just been done. It gets the focus when the page opens, so that a screen reader says it and the keyboard
 * continues from there; the title begins with it (`flashTitle`).
 */
export const Flash = ({ children }: PropsWithChildren) => (
  <p class="flash" role="status" tabindex={-1} autofocus>
    {children}
  </p>
)

/**
 * Returns the title of the page after something was done: the first sentence of that message, then the page's own
 * title.
 */
export const flashTitle = (done: string | undefined, title: string): string => {
  const [first = ''] = done?.split(/(?<=[.!?])\s/u) ?? []
  return first === '' ? title : `${first.replace(/\.$/u, '')} – ${title}`
}
