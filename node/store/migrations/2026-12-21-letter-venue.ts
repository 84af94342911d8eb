/**
 * Where a letter said that a café is held, so that the next one tells of another place, or of a café that is online
 * now. Of letters that left before nothing is known of it, which is null: `attendance_mode` is null of them alone.
 */
export const up = {
  sqlite: `
alter table letter_cafe add column attendance_mode text check (attendance_mode in ('offline', 'online', 'mixed'));
alter table letter_cafe add column venue_name text;
alter table letter_cafe add column venue_commune text
`,
  postgres: `
alter table letter_cafe add column attendance_mode text check (attendance_mode in ('offline', 'online', 'mixed'));
alter table letter_cafe add column venue_name text;
alter table letter_cafe add column venue_commune text
`,
}
