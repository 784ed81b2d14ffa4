package dev.kagami.mirror.replication;

import dev.kagami.core.store.Stamp;
import dev.kagami.core.vector.VectorId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last {@value #MOST} receipts of this process; what is not over is in the ledger besides.
 * Thread-safe.
 */
public final class Receipts {
  static final int MOST = 10_000;

  // Guarded by this.
  private final Map<Stamp, Receipt> receipts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stamp, Receipt> eldest) {
          return size() > MOST;
        }
      };

  synchronized void add(Receipt receipt) {
    receipts.put(receipt.stamp(), receipt);
  }

  /** The receipt of this transaction, if it was one of the last. */
  public synchronized Optional<Receipt> find(Stamp stamp) {
    return Optional.ofNullable(receipts.get(stamp));
  }

  /** Those of {@code id}, oldest first. */
  public synchronized List<Receipt> of(VectorId id) {
    return receipts.values().stream().filter(receipt -> receipt.id().equals(id)).toList();
  }
}
