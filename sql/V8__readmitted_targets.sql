-- An operator of any site may take back that a target is removed, and leave an address unused at one.
alter table mirror_target drop constraint mirror_target_desired;
alter table mirror_target add constraint mirror_target_desired
  check (desired in ('PRESENT', 'PAUSED', 'OFFLINE', 'REMOVED', 'READMITTED', 'UNUSED'));
