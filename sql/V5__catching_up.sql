-- A target that is back and is being brought what it missed.
alter table mirror_target_status drop constraint mirror_target_status_phase;
alter table mirror_target_status add constraint mirror_target_status_phase
  check (phase in ('PENDING', 'CONNECTED', 'CATCHING_UP', 'DISCONNECTED', 'UNKNOWN'));
