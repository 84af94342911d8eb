import type { Drawing } from './drawing.ts'

/** A neighbour comes to the open door of a place. */
export const OPEN_DOOR: Drawing = {
  width: 320,
  height: 200,
  shapes: `
<rect width="320" height="200" fill="var(--accent-soft)"/>
<circle cx="272" cy="46" r="20" fill="var(--sun)"/><path d="M0 172H320V200H0Z" fill="var(--sky)"/>
<rect x="62" y="52" width="160" height="122" rx="6" fill="var(--cloud)"/>
<path d="M52 56L142 22L232 56Z" fill="var(--rose)"/><circle cx="142" cy="43" r="7" fill="var(--cloud)"/>
<rect x="80" y="92" width="58" height="54" rx="4" fill="var(--sun-soft)"/>
<rect x="85" y="123" width="14" height="20" rx="1.5" fill="var(--sky)"/>
<rect x="100.5" y="109" width="10" height="34" rx="1.5" fill="var(--night)"/>
<path d="M112.0 143l10 -26l7 3l-10 23Z" fill="var(--wood)"/>
<path d="M76 74h66v6H76Z" fill="var(--accent)"/>
<path d="M76 74h11v13a5.500 5.500 0 0 1-11 0Z" fill="var(--accent)"/>
<path d="M87 74h11v13a5.500 5.500 0 0 1-11 0Z" fill="var(--card)"/>
<path d="M98 74h11v13a5.500 5.500 0 0 1-11 0Z" fill="var(--accent)"/>
<path d="M109 74h11v13a5.500 5.500 0 0 1-11 0Z" fill="var(--card)"/>
<path d="M120 74h11v13a5.500 5.500 0 0 1-11 0Z" fill="var(--accent)"/>
<path d="M131 74h11v13a5.500 5.500 0 0 1-11 0Z" fill="var(--card)"/>
<path d="M158 174V108C158 84 206 84 206 108V174Z" fill="var(--accent)"/>
<path d="M158 174V108C158 96 170 91 180 90L190 100V180Z" fill="var(--wood)"/>
<circle cx="184" cy="138" r="3.5" fill="var(--sun)"/><g transform="translate(250 132)">
<path d="M-10 26L-12 62M8 26L14 62" stroke="var(--night)" stroke-width="9" stroke-linecap="round"/>
<path d="M-20 30C-22 2 -14 -8 0 -8C14 -8 22 2 20 30Z" fill="var(--sun)"/>
<path d="M-14 2L-32 18" stroke="var(--sun)" stroke-width="9" stroke-linecap="round"/>
<circle cx="-34" cy="19" r="5" fill="var(--skin-2)"/>
<path d="M-13 -22C-13 -36 13 -36 13 -22C13 -10 8 -4 0 -4C-8 -4 -13 -10 -13 -22Z" fill="var(--skin-2)"/>
<path d="M-13 -24C-16 -42 18 -42 15 -16C12 -24 8 -30 -13 -24Z" fill="var(--night)"/>
<circle cx="13" cy="-36" r="7" fill="var(--night)"/></g><g transform="translate(38 148) scale(0.75)">
<path d="M0 0C-4 -26 -30 -30 -32 -46C-12 -46 0 -30 0 -14C0 -36 8 -58 26 -62C32 -42 16 -24 2 -8C10 -22 26 -24 36 -22C32 -8 14 -2 2 2Z" fill="var(--accent)"/>
<path d="M-16 0H16L12 26H-12Z" fill="var(--rose)"/></g>
`,
}
