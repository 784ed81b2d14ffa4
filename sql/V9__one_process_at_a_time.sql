-- One row, which a process changes before it adds a row that another might add at the same instant:
-- the other waits until that is done, and then finds it.
create table mirror_turn (
  id integer not null,
  constraint mirror_turn_key primary key (id),
  constraint mirror_turn_one check (id = 1)
);
insert into mirror_turn (id) values (1);
