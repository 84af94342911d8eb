import type { Drawing } from './drawing.ts'

/** A laid table, for people who would like to organise a café. */
export const INVITATION: Drawing = {
  width: 240,
  height: 150,
  shapes: `
<ellipse cx="120" cy="118" rx="106" ry="24" fill="var(--wood)"/>
<ellipse cx="120" cy="113" rx="106" ry="24" fill="var(--cloud)"/>
<g transform="translate(68 100) scale(1.1)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--accent)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--accent)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="var(--sun)" stroke-width="2.4" stroke-linecap="round"/>
</g><g transform="translate(172 100) scale(1.1)">
<ellipse cx="0" cy="17" rx="20" ry="4.5" fill="var(--line)"/>
<path d="M-12 -4H12V6C12 13 7 16 0 16C-7 16 -12 13 -12 6Z" fill="var(--rose)"/>
<path d="M12 -1c8 -1 8 10 -1 10" fill="none" stroke="var(--rose)" stroke-width="3.4"/>
<ellipse cx="0" cy="-4" rx="12" ry="3.2" fill="var(--night)" opacity=".75"/>
<path d="M-3 -12c-4 -6 4 -8 0 -15M5 -12c-4 -6 4 -8 0 -15" fill="none" stroke="var(--sun)" stroke-width="2.4" stroke-linecap="round"/>
</g><path d="M104 112L110 52H154L148 112Z" fill="var(--cloud)" stroke="var(--line)" stroke-width="2"/>
<g fill="none" stroke="var(--accent)" stroke-width="5" stroke-linecap="round"><path d="M120 70h22"/>
<path d="M120 84h16"/></g><g transform="translate(128 100) scale(0.001)">
<path d="M-8 -8C-8 -19 9 -19 8 -7C7 0 0 0 0 8" fill="none" stroke="var(--rose)" stroke-width="5.5" stroke-linecap="round"/>
<circle cx="0" cy="17" r="3.6" fill="var(--rose)"/></g>
<path d="M38 37Q39.98 44.02 47 46Q39.98 47.98 38 55Q36.02 47.98 29 46Q36.02 44.02 38 37Z" fill="var(--sun)"/>
<path d="M204 32Q205.76 38.24 212 40Q205.76 41.76 204 48Q202.24 41.76 196 40Q202.24 38.24 204 32Z" fill="var(--rose)"/>
`,
}
