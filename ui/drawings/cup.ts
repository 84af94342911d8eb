import type { Drawing } from './drawing.ts'

/** A cup on a table, where a person shows no photo: it resembles nobody. */
export const CUP: Drawing = {
  width: 240,
  height: 240,
  shapes: `
<path d="M0 0H240V240H0Z" fill="var(--sun-soft)"/>
<circle cx="192" cy="46" r="24" fill="var(--sun)"/>
<path d="M0 176C60 152 150 150 240 178V240H0Z" fill="var(--sky)" opacity=".65"/>
<ellipse cx="116" cy="196" rx="66" ry="13" fill="var(--cloud)"/>
<path d="M70 112H162V154C162 180 144 192 116 192C88 192 70 180 70 154Z" fill="var(--accent)"/>
<path d="M162 124c30 -4 30 40 -4 40" fill="none" stroke="var(--accent)" stroke-width="12"/>
<ellipse cx="116" cy="112" rx="46" ry="11" fill="var(--night)"/>
<path d="M98 92c-14 -20 14 -26 0 -50M130 92c-14 -20 14 -26 0 -50" fill="none" stroke="var(--sun)" stroke-width="7" stroke-linecap="round"/>
<path d="M44 52Q47.5 64.5 60 68Q47.5 71.5 44 84Q40.5 71.5 28 68Q40.5 64.5 44 52Z" fill="var(--rose)"/>
`,
}
