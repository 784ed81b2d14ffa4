-- Targets may be declared as ValdMirrorTarget resources.
alter table mirror_target drop constraint mirror_target_source;
alter table mirror_target add constraint mirror_target_source
  check (source in ('STATIC', 'REST', 'KUBERNETES', 'REGISTER'));
