import type { Messages } from '../locales/messages.ts'

/**
 * A button that copies the text of the element `of`. It is shown only where scripts run; the text can be selected by
 * hand otherwise.
 */
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
 * A list item that hands the address in the element `of` to the device's share function, or copies it; it is shown only
 * where scripts run. The address for copying by hand is marked `data-by-hand`.
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

/**
 * The script of these buttons: a page that has some loads it, and the answer's Content-Security-Policy must allow it.
 */
export const COPY_SCRIPT = '/public/copy.js'
