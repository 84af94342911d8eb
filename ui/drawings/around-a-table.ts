import type { Drawing } from './drawing.ts'

/** People who talk around a table, a cup before each, among books. */
export const AROUND_A_TABLE: Drawing = {
  width: 560,
  height: 430,
  shapes: `
<path d="M40 210C20 90 120 24 262 20C420 14 540 84 538 218C536 322 500 402 280 404C80 406 54 322 40 210Z" fill="var(--accent-soft)"/>
<g><rect x="84" y="107" width="12" height="31" rx="1.5" fill="var(--rose)"/>
<rect x="97.5" y="110" width="8" height="28" rx="1.5" fill="var(--sun)"/>
<rect x="107.0" y="114" width="14" height="24" rx="1.5" fill="var(--sky)"/>
<rect x="122.5" y="100" width="10" height="38" rx="1.5" fill="var(--night)"/>
<path d="M134.0 138l10 -30l7 3l-10 27Z" fill="var(--wood)"/>
<rect x="154.0" y="107" width="12" height="31" rx="1.5" fill="var(--accent)"/>
<rect x="167.5" y="110" width="8" height="28" rx="1.5" fill="var(--rose)"/>
<rect x="177.0" y="114" width="14" height="24" rx="1.5" fill="var(--sun)"/>
<path d="M76 141h132" stroke="var(--wood)" stroke-width="6" stroke-linecap="round"/></g><g>
<rect x="92" y="166" width="10" height="38" rx="1.5" fill="var(--sky)"/>
<rect x="103.5" y="170" width="9" height="34" rx="1.5" fill="var(--night)"/>
<rect x="114.0" y="173" width="12" height="31" rx="1.5" fill="var(--wood)"/>
<path d="M127.5 204l10 -24l6 3l-10 21Z" fill="var(--accent)"/>
<rect x="146.5" y="180" width="14" height="24" rx="1.5" fill="var(--rose)"/>
<path d="M76 207h92" stroke="var(--wood)" stroke-width="6" stroke-linecap="round"/></g><g>
<rect x="392" y="72" width="104" height="116" rx="52" fill="var(--sun-soft)"/>
<circle cx="454" cy="118" r="18" fill="var(--sun)"/>
<path d="M392 160C420 140 440 172 496 150V188H392Z" fill="var(--sky)"/>
<path d="M444 72V188" stroke="var(--cloud)" stroke-width="5"/>
<path d="M384 190h120" stroke="var(--wood)" stroke-width="6" stroke-linecap="round"/></g>
<path d="M280 0V50" stroke="var(--night)" stroke-width="3"/>
<path d="M244 76C246 44 314 44 316 76Z" fill="var(--sun)"/>
<g transform="translate(160 232) scale(1.05)">
<path d="M-33 -8C-40 -30 -22 -50 0 -49C24 -50 40 -30 33 -8C31 6 22 12 0 12C-22 12 -31 6 -33 -8Z" fill="var(--night)"/>
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--sun)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-2)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-2)"/>
<path d="M-20 -12C-18 -30 18 -30 20 -12C12 -22 -12 -22 -20 -12Z" fill="var(--night)"/>
<g fill="var(--face)"><circle cx="-4" cy="-5" r="2"/><circle cx="10" cy="-5" r="2"/></g>
<path d="M-3 5Q3 11 9 5" fill="none" stroke="var(--face)" stroke-width="2" stroke-linecap="round"/></g>
<g transform="translate(280 218) scale(1.05)">
<path d="M-25 -8C-30 -42 30 -44 26 -6C27 14 30 26 24 34L-24 34C-30 24 -26 8 -25 -8Z" fill="var(--wood)"/>
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--rose)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-1)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-1)"/>
<path d="M-21 -6C-26 -34 -8 -38 2 -36C20 -36 26 -22 21 -4C18 -18 8 -24 -2 -24C-8 -16 -18 -14 -21 -6Z" fill="var(--wood)"/>
<g fill="var(--face)"><circle cx="-7" cy="-5" r="2"/><circle cx="7" cy="-5" r="2"/></g>
<ellipse cx="0" cy="7" rx="4" ry="3.4" fill="var(--face)"/></g>
<g transform="translate(400 232) scale(1.05)">
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--night)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-3)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-3)"/>
<path d="M-20 -8C-24 -2 -22 4 -19 6L-18 -8Z M20 -8C24 -2 22 4 19 6L18 -8Z" fill="var(--line)"/>
<path d="M-14 8C-12 24 12 24 14 8C8 14 -8 14 -14 8Z" fill="var(--line)"/><g fill="var(--face)">
<circle cx="-10" cy="-5" r="2"/><circle cx="4" cy="-5" r="2"/></g>
<path d="M-9 5Q-3 11 3 5" fill="none" stroke="var(--face)" stroke-width="2" stroke-linecap="round"/></g>
<g transform="translate(400 232) scale(1.05)" fill="none" stroke="var(--face)" stroke-width="1.8">
<circle cx="-11" cy="-5" r="6"/><circle cx="5" cy="-5" r="6"/><path d="M-5 -5h4"/></g>
<ellipse cx="280" cy="318" rx="206" ry="42" fill="var(--wood)"/>
<ellipse cx="280" cy="312" rx="206" ry="42" fill="var(--cloud)"/>
<g transform="translate(196 304) scale(1.05)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--accent)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--accent)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="var(--sun)" stroke-width="2.4" stroke-linecap="round"/>
</g><g transform="translate(366 304) scale(1.05)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--rose)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--rose)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="var(--sun)" stroke-width="2.4" stroke-linecap="round"/>
</g><g transform="translate(278 318) scale(1.05)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--night)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--night)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/></g><g>
<path d="M300 292l34 -3l4 14l-36 4Z" fill="var(--sky)"/></g>
<path d="M232 330q18 -6 34 0v3q-17 -5 -34 0Z" fill="var(--sun)"/><g transform="translate(108 338)">
<path d="M-52 92C-54 40 -38 20 -12 14L14 14C40 20 54 42 52 92Z" fill="var(--accent)"/>
<path d="M-24 -8C-30 -48 30 -48 25 -8C26 14 12 24 0 24C-12 24 -24 12 -24 -8Z" fill="var(--skin-4)"/>
<path d="M-26 0C-32 -52 34 -50 26 2C24 14 14 18 0 18C-14 18 -24 14 -26 0Z" fill="var(--night)"/></g>
<g transform="translate(452 338)">
<path d="M-52 92C-54 40 -38 20 -12 14L14 14C40 20 54 42 52 92Z" fill="var(--sky)"/>
<path d="M-26 2C-34 -50 34 -52 27 2C28 22 14 30 0 30C-14 30 -26 22 -26 2Z" fill="var(--rose)"/>
<path d="M-18 26Q0 36 18 26L14 40H-14Z" fill="var(--rose)"/></g><g>
<path d="M256.0 152l8 16l14 -16Z" fill="var(--cloud)"/>
<rect x="214" y="92" width="104" height="62" rx="20" fill="var(--cloud)"/>
<g fill="none" stroke="var(--accent)" stroke-width="5" stroke-linecap="round"><path d="M236 114h58"/>
<path d="M236 132h38"/></g></g><g><path d="M362 166l6 17l-22 -16Z" fill="var(--cloud)"/>
<rect x="330" y="118" width="52" height="50" rx="20" fill="var(--cloud)"/>
<g transform="translate(356 142) scale(0.9)">
<path d="M-8 -8C-8 -19 9 -19 8 -7C7 0 0 0 0 8" fill="none" stroke="var(--rose)" stroke-width="5.5" stroke-linecap="round"/>
<circle cx="0" cy="17" r="3.6" fill="var(--rose)"/></g></g>
<path d="M196 59Q198.86 69.14 209 72Q198.86 74.86 196 85Q193.14 74.86 183 72Q193.14 69.14 196 59Z" fill="var(--sun)"/>
<path d="M224 43Q225.54 48.46 231 50Q225.54 51.54 224 57Q222.46 51.54 217 50Q222.46 48.46 224 43Z" fill="var(--rose)"/>
<g transform="translate(520 378) scale(0.8)">
<path d="M0 0C-4 -26 -30 -30 -32 -46C-12 -46 0 -30 0 -14C0 -36 8 -58 26 -62C32 -42 16 -24 2 -8C10 -22 26 -24 36 -22C32 -8 14 -2 2 2Z" fill="var(--accent)"/>
<path d="M-16 0H16L12 26H-12Z" fill="var(--rose)"/></g>
`,
}
