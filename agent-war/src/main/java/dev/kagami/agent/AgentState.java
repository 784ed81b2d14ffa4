package dev.kagami.agent;

import dev.kagami.agent.index.LuceneVectorStore;
import java.util.Locale;

/** What an agent can do, as operators are told. */
enum AgentState {
  WRITABLE,
  /** Its operator wants no writes. */
  READ_ONLY,
  /** It cannot take writes, or cannot link; it must be looked after and restarted. */
  FAULTY;

  static AgentState of(LuceneVectorStore store) {
    if (store.fault().isPresent()) {
      return FAULTY;
    }
    return store.isReadOnly() ? READ_ONLY : WRITABLE;
  }

  String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
