import type { Drawing } from './drawing.ts'

/** Three people around a computer, a cup before each. */
export const AROUND_A_SCREEN: Drawing = {
  width: 720,
  height: 300,
  shapes: `
<rect width="720" height="300" fill="var(--accent-soft)"/>
<path d="M0 232C160 200 300 262 720 216V300H0Z" fill="var(--sky)" opacity=".55"/>
<rect x="520" y="44" width="150" height="120" rx="10" fill="var(--sun-soft)"/>
<circle cx="622" cy="92" r="22" fill="var(--sun)"/>
<path d="M520 140C560 112 610 152 670 128V154a10 10 0 0 1-10 10H530a10 10 0 0 1-10-10Z" fill="var(--sky)"/>
<path d="M595 44V164M520 104H670" stroke="var(--cloud)" stroke-width="5"/>
<rect x="60" y="76" width="8" height="36" rx="1.5" fill="var(--sun)"/>
<rect x="69.5" y="80" width="14" height="32" rx="1.5" fill="var(--sky)"/>
<rect x="85.0" y="66" width="10" height="46" rx="1.5" fill="var(--night)"/>
<path d="M96.5 112l10 -38l7 3l-10 35Z" fill="var(--wood)"/>
<rect x="116.5" y="73" width="12" height="39" rx="1.5" fill="var(--accent)"/>
<rect x="130.0" y="76" width="8" height="36" rx="1.5" fill="var(--rose)"/>
<rect x="139.5" y="80" width="14" height="32" rx="1.5" fill="var(--sun)"/>
<rect x="155.0" y="66" width="10" height="46" rx="1.5" fill="var(--sky)"/>
<rect x="166.5" y="70" width="9" height="42" rx="1.5" fill="var(--night)"/>
<rect x="177.0" y="73" width="12" height="39" rx="1.5" fill="var(--wood)"/>
<path d="M190.5 112l10 -32l6 3l-10 29Z" fill="var(--accent)"/>
<path d="M48 116h176" stroke="var(--wood)" stroke-width="7" stroke-linecap="round"/>
<rect x="60" y="151" width="12" height="39" rx="1.5" fill="var(--accent)"/>
<rect x="73.5" y="154" width="8" height="36" rx="1.5" fill="var(--rose)"/>
<rect x="83.0" y="158" width="14" height="32" rx="1.5" fill="var(--sun)"/>
<rect x="98.5" y="144" width="10" height="46" rx="1.5" fill="var(--sky)"/>
<rect x="110.0" y="148" width="9" height="42" rx="1.5" fill="var(--night)"/>
<rect x="120.5" y="151" width="12" height="39" rx="1.5" fill="var(--wood)"/>
<path d="M134.0 190l10 -32l6 3l-10 29Z" fill="var(--accent)"/>
<path d="M48 194h118" stroke="var(--wood)" stroke-width="7" stroke-linecap="round"/>
<g transform="translate(236 172) scale(1.2)"><circle cx="4" cy="-36" r="11" fill="var(--rose)"/>
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--night)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-1)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-1)"/>
<path d="M-21 -6C-26 -34 -8 -38 2 -36C20 -36 26 -22 21 -4C18 -18 8 -24 -2 -24C-8 -16 -18 -14 -21 -6Z" fill="var(--rose)"/>
<g fill="var(--face)"><circle cx="-3" cy="-5" r="2"/><circle cx="11" cy="-5" r="2"/></g>
<path d="M-2 5Q4 11 10 5" fill="none" stroke="var(--face)" stroke-width="2" stroke-linecap="round"/></g>
<g transform="translate(362 160) scale(1.2)">
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--sun)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-4)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-4)"/>
<path d="M-22 -6C-27 -36 -6 -42 8 -36C22 -36 27 -20 21 -6C19 -14 16 -20 6 -20C-4 -18 -16 -22 -22 -6Z" fill="var(--night)"/>
<g fill="var(--face)"><circle cx="-7" cy="-5" r="2"/><circle cx="7" cy="-5" r="2"/></g>
<ellipse cx="0" cy="7" rx="4" ry="3.4" fill="var(--face)"/></g>
<g transform="translate(486 172) scale(1.2)">
<path d="M-46 84C-47 46 -34 27 -12 23L12 23C34 27 47 46 46 84Z" fill="var(--rose)"/>
<path d="M-9 10L9 10L10 26C6 33 -6 33 -10 26Z" fill="var(--skin-3)"/>
<path d="M-20 -10C-20 -30 20 -30 20 -10C20 10 11 20 0 20C-11 20 -20 10 -20 -10Z" fill="var(--skin-3)"/>
<path d="M-23 -4C-28 -40 28 -40 23 -4C24 10 26 22 16 30L-16 30C-26 22 -24 10 -23 -4ZM-16 -6C-16 8 -9 16 0 16C9 16 16 8 16 -6C14 -20 -14 -20 -16 -6Z" fill-rule="evenodd" fill="var(--night)"/>
<g fill="var(--face)"><circle cx="-11" cy="-5" r="2"/><circle cx="3" cy="-5" r="2"/></g>
<path d="M-10 5Q-4 11 2 5" fill="none" stroke="var(--face)" stroke-width="2" stroke-linecap="round"/>
</g><ellipse cx="362" cy="284" rx="270" ry="46" fill="var(--wood)"/>
<ellipse cx="362" cy="277" rx="270" ry="46" fill="var(--cloud)"/>
<path d="M318 216h88l8 50H310Z" fill="var(--night)"/>
<path d="M362 229Q364.64 238.36 374 241Q364.64 243.64 362 253Q359.36 243.64 350 241Q359.36 238.36 362 229Z" fill="var(--sun)"/>
<g transform="translate(240 256) scale(1.2)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--accent)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--accent)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="var(--sun)" stroke-width="2.4" stroke-linecap="round"/>
</g><g transform="translate(486 256) scale(1.2)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--accent)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--accent)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="var(--sun)" stroke-width="2.4" stroke-linecap="round"/>
</g><g><path d="M306.0 84l8 16l14 -16Z" fill="var(--cloud)"/>
<rect x="268" y="30" width="96" height="56" rx="20" fill="var(--cloud)"/>
<g fill="none" stroke="var(--accent)" stroke-width="5" stroke-linecap="round"><path d="M290 51h52"/>
<path d="M290 67h34"/></g></g><g><path d="M446 98l6 17l-22 -16Z" fill="var(--cloud)"/>
<rect x="408" y="48" width="58" height="52" rx="20" fill="var(--cloud)"/>
<g transform="translate(437 72) scale(0.95)">
<path d="M-8 -8C-8 -19 9 -19 8 -7C7 0 0 0 0 8" fill="none" stroke="var(--rose)" stroke-width="5.5" stroke-linecap="round"/>
<circle cx="0" cy="17" r="3.6" fill="var(--rose)"/></g></g>
<path d="M232 50Q234.2 57.8 242 60Q234.2 62.2 232 70Q229.8 62.2 222 60Q229.8 57.8 232 50Z" fill="var(--sun)"/>
<path d="M494 25Q495.98 32.02 503 34Q495.98 35.98 494 43Q492.02 35.98 485 34Q492.02 32.02 494 25Z" fill="var(--rose)"/>
`,
}
