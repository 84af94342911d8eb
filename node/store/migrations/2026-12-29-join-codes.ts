/**
 * A code of invitation is kept until its Follow is delivered, and no longer: neither beside what we follow, nor in the
 * change and the activity that carried it.
 */
const statements = `
delete from change where done_at is not null and body like '%"follow-asked"%';
delete from activity where type = 'Follow'
  and not exists (select 1 from delivery where delivery.activity_seq = activity.seq);
update following set invitation = null where state in ('accepted', 'refused')
  or (state = 'asked' and not exists (select 1 from activity where activity.id = following.follow_id))
`

export const up = { sqlite: statements, postgres: statements }
