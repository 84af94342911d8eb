import type { Drawing } from './drawing.ts'

/** Three cards of a game: a question, a spark, an answer. */
export const PLAYING_CARDS: Drawing = {
  width: 320,
  height: 132,
  shapes: `
<rect x="-300" width="920" height="132" fill="var(--sun-soft)"/><g transform="translate(112 74) rotate(-14)">
<rect x="-29" y="-40" width="58" height="80" rx="8" fill="var(--cloud)"/>
<g transform="translate(0 -2) scale(1.1)">
<path d="M-8 -8C-8 -19 9 -19 8 -7C7 0 0 0 0 8" fill="none" stroke="var(--rose)" stroke-width="5.500" stroke-linecap="round"/>
<circle cx="0" cy="17" r="3.600" fill="var(--rose)"/></g></g><g transform="translate(160 68) rotate(0)">
<rect x="-29" y="-40" width="58" height="80" rx="8" fill="var(--accent)"/>
<path d="M0 -18Q3.96 -3.96 18 0Q3.96 3.96 0 18Q-3.96 3.96 -18 0Q-3.96 -3.96 0 -18Z" fill="var(--sun)"/></g>
<g transform="translate(208 74) rotate(14)">
<rect x="-29" y="-40" width="58" height="80" rx="8" fill="var(--cloud)"/>
<path d="M-12 0l8 9 16-18" fill="none" stroke="var(--accent)" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>
</g><path d="M60 24Q62.2 31.8 70 34Q62.2 36.2 60 44Q57.8 36.2 50 34Q57.8 31.8 60 24Z" fill="var(--rose)"/>
<path d="M262 31Q263.98 38.02 271 40Q263.98 41.98 262 49Q260.02 41.98 253 40Q260.02 38.02 262 31Z" fill="var(--sun)"/>
`,
}
