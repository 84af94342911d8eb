import type { Messages } from '../locales/messages.ts'

/** Copies what the element `of` holds; shown where scripts run, and it can be selected by hand without. */
export const Copy = ({ of, what, t }: { of: string; what: string; t: Messages }) => (
  <div class="copy" data-copied={t.newsletter.copied} data-not-copied={t.newsletter.notCopied}>
    <button type="button" class="button quiet" data-copy={of} hidden>
      {t.explore.copy}
      <span class="unseen">{`\u00a0: ${what}`}</span>
    </button>{' '}
    <span role="status" class="fine" hidden />
  </div>
)

/**
 * Hands the address that the element `of` holds to the device's own way of sharing, or copies it: links among others,
 * shown where scripts run. What says the address by hand is marked `data-by-hand`.
 */
export const ShareButtons = ({ of, title, t }: { of: string; title: string; t: Messages }) => (
  <li class="copy" data-copied={t.newsletter.copied} data-not-copied={t.newsletter.notCopied}>
    <button type="button" class="link" data-share={title} data-of={of} hidden>
      {t.cafe.share.share}
    </button>{' '}
    <button type="button" class="link" data-copy={of} hidden>
      {t.cafe.share.copyAddress}
    </button>{' '}
    <span role="status" class="fine" hidden />
  </li>
)

/** Its script: a page that has such buttons runs it, and its answer must allow that. */
export const COPY_SCRIPT = '/public/copy.js'
