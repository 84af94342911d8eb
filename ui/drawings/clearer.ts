import type { Drawing } from './drawing.ts'

/** Somebody who has understood. */
export const CLEARER: Drawing = {
  width: 320,
  height: 200,
  shapes: `
<rect width="320" height="200" fill="var(--accent-soft)"/>
<path d="M0 170C80 150 220 186 320 160V200H0Z" fill="var(--sky)"/>
<g transform="translate(160 122) scale(1.08)"><circle cx="4" cy="-36" r="11" fill="var(--night)"/>
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--night)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-3)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-3)"/>
<path d="M-21 -6C-26 -34 -8 -38 2 -36C20 -36 26 -22 21 -4C18 -18 8 -24 -2 -24C-8 -16 -18 -14 -21 -6Z" fill="var(--night)"/>
<g fill="var(--face)"><circle cx="-7" cy="-5" r="2"/><circle cx="7" cy="-5" r="2"/></g>
<path d="M-6 5Q0 11 6 5" fill="none" stroke="var(--face)" stroke-width="2" stroke-linecap="round"/>
<path d="M38 62C54 52 58 32 54 16" fill="none" stroke="var(--night)" stroke-width="17" stroke-linecap="round"/>
<circle cx="54" cy="8" r="9" fill="var(--skin-3)"/></g>
<path d="M104 214C104 172 116 164 130 160" fill="none"/><g>
<path d="M88 88l6 17l-22 -16Z" fill="var(--cloud)"/>
<rect x="30" y="36" width="78" height="54" rx="20" fill="var(--cloud)"/>
<g transform="translate(69 66) scale(0.82)">
<path d="M-11 4C-20 -6 -14 -22 0 -22C14 -22 20 -6 11 4C8 7 8 9 8 11L-8 11C-8 9 -8 7 -11 4Z" fill="var(--sun)"/>
<path d="M-6 16H6M-4 21H4" stroke="var(--night)" stroke-width="3" stroke-linecap="round"/></g></g><g>
<path d="M234 78l-6 17l22 -16Z" fill="var(--cloud)"/>
<rect x="214" y="26" width="78" height="54" rx="20" fill="var(--cloud)"/>
<path d="M236 54l11 11l22 -23" fill="none" stroke="var(--accent)" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>
</g>
<path d="M126 21Q127.98 28.02 135 30Q127.98 31.98 126 39Q124.02 31.98 117 30Q124.02 28.02 126 21Z" fill="var(--sun)"/>
<path d="M276 108Q277.76 114.24 284 116Q277.76 117.76 276 124Q274.24 117.76 268 116Q274.24 114.24 276 108Z" fill="var(--rose)"/>
<path d="M52 121Q53.54 126.46 59 128Q53.54 129.54 52 135Q50.46 129.54 45 128Q50.46 126.46 52 121Z" fill="var(--rose)"/>
`,
}
