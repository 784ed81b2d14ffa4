-- An operator may hold a target: PAUSED is not brought what it misses, OFFLINE gets no writes either.
alter table mirror_target drop constraint mirror_target_desired;
alter table mirror_target add constraint mirror_target_desired
  check (desired in ('PRESENT', 'PAUSED', 'OFFLINE', 'REMOVED'));
