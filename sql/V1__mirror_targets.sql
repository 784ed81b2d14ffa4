-- What each source wants of each target. A source only ever changes its own rows: an operator who
-- removes a target from the static list adds a row (REST, REMOVED), and that outweighs the others.
create table mirror_target (
  host         varchar(253) not null,
  port         integer      not null,
  source       varchar(16)  not null,
  desired      varchar(16)  not null,
  colocation   varchar(253) not null,
  target_group varchar(63)  not null,
  since        timestamp(6) with time zone not null,
  constraint mirror_target_key primary key (host, port, source),
  constraint mirror_target_port check (port between 1 and 65535),
  constraint mirror_target_source check (source in ('STATIC', 'REST', 'REGISTER')),
  constraint mirror_target_desired check (desired in ('PRESENT', 'REMOVED'))
);

-- What was last seen of each target; the site is what its journal entries are kept under.
create table mirror_target_status (
  host        varchar(253)  not null,
  port        integer       not null,
  site        varchar(253)  not null,
  site_number integer       not null,
  phase       varchar(16)   not null,
  reason      varchar(1000) not null,
  since       timestamp(6) with time zone not null,
  constraint mirror_target_status_key primary key (host, port),
  constraint mirror_target_status_phase
    check (phase in ('PENDING', 'CONNECTED', 'DISCONNECTED', 'UNKNOWN'))
);

-- Which process stamps its writes with which number; a number is never given to another name.
create table mirror_writer (
  number integer      not null,
  name   varchar(253) not null,
  constraint mirror_writer_key primary key (number),
  constraint mirror_writer_number check (number between 1 and 15),
  constraint mirror_writer_name unique (name)
);
