-- Which process of the site brings a target what it misses, so that several do not all do it. No
-- time is kept here: a process that sees no beat for a while takes the next term.
create table mirror_lease (
  target varchar(253) not null,
  holder varchar(253) not null,
  term   bigint       not null,
  beats  bigint       not null,
  constraint mirror_lease_key primary key (target),
  constraint mirror_lease_term check (term >= 1),
  constraint mirror_lease_beats check (beats >= 0)
);
