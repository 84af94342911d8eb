import type { Drawing } from './drawing.ts'

/** Two people who talk over a coffee. */
export const CONVERSATION: Drawing = {
  width: 320,
  height: 200,
  shapes: `
<rect width="320" height="200" fill="var(--sun-soft)"/><g transform="translate(102 118) scale(0.95)">
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--rose)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-4)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-4)"/>
<path d="M-23 -4C-28 -40 28 -40 23 -4C24 10 26 22 16 30L-16 30C-26 22 -24 10 -23 -4ZM-16 -6C-16 8 -9 16 0 16C9 16 16 8 16 -6C14 -20 -14 -20 -16 -6Z" fill-rule="evenodd" fill="var(--night)"/>
<g fill="var(--face)"><circle cx="-3" cy="-5" r="2"/><circle cx="11" cy="-5" r="2"/></g>
<ellipse cx="4" cy="7" rx="4" ry="3.4" fill="var(--face)"/></g>
<g transform="translate(220 118) scale(0.95)">
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--accent)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-1)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-1)"/>
<path d="M-22 -6C-27 -36 -6 -42 8 -36C22 -36 27 -20 21 -6C19 -14 16 -20 6 -20C-4 -18 -16 -22 -22 -6Z" fill="var(--wood)"/>
<g fill="var(--face)"><circle cx="-11" cy="-5" r="2"/><circle cx="3" cy="-5" r="2"/></g>
<path d="M-10 5Q-4 11 2 5" fill="none" stroke="var(--face)" stroke-width="2" stroke-linecap="round"/>
</g><ellipse cx="160" cy="188" rx="128" ry="26" fill="var(--wood)"/>
<ellipse cx="160" cy="184" rx="128" ry="26" fill="var(--cloud)"/>
<g transform="translate(118 172) scale(0.9)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--accent)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--accent)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="var(--sun)" stroke-width="2.4" stroke-linecap="round"/>
</g><g transform="translate(204 172) scale(0.9)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--night)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--night)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="var(--sun)" stroke-width="2.4" stroke-linecap="round"/>
</g><g><path d="M114 66l6 17l-22 -16Z" fill="var(--cloud)"/>
<rect x="34" y="22" width="100" height="46" rx="20" fill="var(--cloud)"/>
<g fill="none" stroke="var(--rose)" stroke-width="5" stroke-linecap="round"><path d="M54 39h60"/>
<path d="M54 53h36"/></g></g><g><path d="M206 68l-6 17l22 -16Z" fill="var(--cloud)"/>
<rect x="186" y="26" width="54" height="44" rx="20" fill="var(--cloud)"/>
<g transform="translate(213 46) scale(0.8)">
<path d="M-8 -8C-8 -19 9 -19 8 -7C7 0 0 0 0 8" fill="none" stroke="var(--accent)" stroke-width="5.5" stroke-linecap="round"/>
<circle cx="0" cy="17" r="3.6" fill="var(--accent)"/></g></g>
<path d="M160 83Q161.98 90.02 169 92Q161.98 93.98 160 101Q158.02 93.98 151 92Q158.02 90.02 160 83Z" fill="var(--rose)"/>
`,
}
