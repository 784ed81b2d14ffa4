-- Whether an address counts as a target: an old name of this site that leads nowhere now must not be
-- taken for a site that is away.
alter table mirror_target_status add column standing varchar(16) default 'MEMBER' not null;
alter table mirror_target_status add constraint mirror_target_status_standing
  check (standing in ('MEMBER', 'REDUNDANT'));
