import type { Messages } from '../locales/messages.ts'

/** Copies what the element `of` holds; shown where scripts run, and it can be selected by hand without. */
export const Copy = ({ of, what, t }: { of: string; what: string; t: Messages }) => (
  <div class="copy" data-copied={t.newsletter.copied} data-not-copied={t.newsletter.notCopied}>
    <button type="button" class="button quiet" data-copy={of} hidden>
      {t.explore.copy}
      <span class="unseen">{` : ${what}`}</span>
    </button>{' '}
    <span role="status" class="fine" hidden />
  </div>
)

/** Its script: a page that has such buttons runs it, and its answer must allow that. */
export const COPY_SCRIPT = '/public/copy.js'
