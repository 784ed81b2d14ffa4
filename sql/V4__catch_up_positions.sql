-- Up to where each target has everything of each change log of the own cluster. What is lost here
-- costs time only: it is looked at again.
create table mirror_position (
  target     varchar(253) not null,
  change_log varchar(36)  not null,
  seq        bigint       not null,
  constraint mirror_position_key primary key (target, change_log),
  constraint mirror_position_seq check (seq >= 0)
);
