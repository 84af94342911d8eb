import type { Drawing } from './drawing.ts'

/** A page of a calendar on which one day is marked. */
export const CALENDAR_PAGE: Drawing = {
  width: 320,
  height: 132,
  shapes: `
<rect width="320" height="132" fill="var(--sun-soft)"/>
<rect x="104" y="22" width="112" height="92" rx="10" fill="var(--cloud)"/>
<path d="M104 32a10 10 0 0 1 10-10h92a10 10 0 0 1 10 10v16H104Z" fill="var(--rose)"/>
<path d="M130 14v16M190 14v16" stroke="var(--night)" stroke-width="7" stroke-linecap="round"/>
<rect x="115" y="57" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="134" y="57" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="153" y="57" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="172" y="57" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="191" y="57" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="115" y="75" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="134" y="75" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="153" y="75" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="172" y="75" width="13" height="12" rx="3" fill="var(--accent)"/>
<rect x="191" y="75" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="115" y="93" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="134" y="93" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="153" y="93" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="172" y="93" width="13" height="12" rx="3" fill="var(--line)"/>
<rect x="191" y="93" width="13" height="12" rx="3" fill="var(--line)"/>
<path d="M256 36Q258.64 45.36 268 48Q258.64 50.64 256 60Q253.36 50.64 244 48Q253.36 45.36 256 36Z" fill="var(--sun)"/>
<path d="M64 77Q65.98 84.02 73 86Q65.98 87.98 64 95Q62.02 87.98 55 86Q62.02 84.02 64 77Z" fill="var(--rose)"/>
`,
}
