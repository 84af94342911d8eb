import type { PropsWithChildren } from 'hono/jsx'

/**
 * What has just been done, said once: the page opens there, so that a keyboard goes on from it and a screen reader says
 * it; the title begins with it (`flashTitle`).
 */
export const Flash = ({ children }: PropsWithChildren) => (
  <p class="flash" role="status" tabindex={-1} autofocus>
    {children}
  </p>
)

/** The title of the page after something was done: its first sentence, then the page's own. */
export const flashTitle = (done: string | undefined, title: string): string => {
  const [first = ''] = done?.split(/(?<=[.!?])\s/u) ?? []
  return first === '' ? title : `${first.replace(/\.$/u, '')} – ${title}`
}
