package dev.kagami.cli.demo;

/** What can be wrong with a {@link PretendMesh}, and which step of the demo has to notice. */
enum Fault {
  MESH_STAYS_PENDING(1),
  A_REFUSES_A_WORD(2),
  B_MISSES_A_WORD(2),
  B_HAS_OTHER_TIMESTAMPS(2),
  B_HAS_OTHER_BITS(2),
  SEARCH_FINDS_STRANGERS(3),
  READ_ONLY_DOES_NOTHING(4),
  OTHER_CODE(4),
  A_KEEPS_REFUSED_UPSERT(4),
  A_KEEPS_REFUSED_INSERT(4),
  ROLLBACK_CHANGES_TIMESTAMP(4),
  B_STAYS_READ_ONLY(5),
  REMOVE_STAYS_AT_B(5);

  private final int step;

  Fault(int step) {
    this.step = step;
  }

  int step() {
    return step;
  }
}
