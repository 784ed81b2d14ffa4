package dev.kagami.system;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.vdaas.vald.api.v1.payload.Object;

/**
 * A client that writes ids of its own, one write after another, and keeps book of the answers. When
 * a site does not answer it turns to the next. What a site has acknowledged must show there at
 * once.
 */
final class LedgerWriter implements Runnable {
  private static final long PAUSE_MILLIS = 40;
  private static final long PAUSE_WITHOUT_ANSWER_MILLIS = 500;
  private static final int LIVE_IDS = 200;

  private final String name;
  private final List<ValdClient> sites;
  private final Ledger ledger;
  private final CountDownLatch stop;
  private final RandomGenerator random;
  private final List<String> ids = new ArrayList<>();
  private final List<Ledger.Finding> findings = new ArrayList<>();
  private long pauseMillis = PAUSE_MILLIS;
  private int site;
  private int content;
  private int made;

  /**
   * @param site the one of {@code sites} to begin with
   */
  LedgerWriter(
      String name,
      List<ValdClient> sites,
      int site,
      Ledger ledger,
      CountDownLatch stop,
      RandomGenerator random) {
    this.name = name;
    this.sites = sites;
    this.site = site;
    this.ledger = ledger;
    this.stop = stop;
    this.random = random;
  }

  /** What an id holds according to a site. */
  static Optional<Integer> content(Optional<Object.Vector> vector) {
    return vector.map(found -> (int) found.getVector(0));
  }

  /** What was wrong while it wrote; after its end. */
  List<Ledger.Finding> findings() {
    return findings;
  }

  @Override
  public void run() {
    try {
      while (!stop.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        write(ids.size() < LIVE_IDS ? newId() : ids.get(random.nextInt(ids.size())));
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private String newId() {
    var id = name + "-" + made++;
    ids.add(id);
    return id;
  }

  private void write(String id) {
    var here = sites.get(site);
    content++;
    float[] vector = {content, -content, 1, 0};
    boolean removes = random.nextInt(4) == 0;
    var answer =
        removes
            ? here.remove(id)
            : switch (random.nextInt(3)) {
              case 0 -> here.insert(id, vector);
              case 1 -> here.update(id, vector);
              default -> here.upsert(id, vector);
            };
    ledger.answered(id, removes ? Optional.empty() : Optional.of(content), answer);
    pauseMillis = PAUSE_MILLIS;
    if (answer == Code.OK) {
      read(id, here);
    } else if (ledger.certain(id).isEmpty()) {
      ids.remove(id);
      turnToTheNextSite();
    }
  }

  private void turnToTheNextSite() {
    site = (site + 1) % sites.size();
    pauseMillis = PAUSE_WITHOUT_ANSWER_MILLIS;
  }

  private void read(String id, ValdClient here) {
    try {
      ledger.check(id, content(here.get(id))).ifPresent(findings::add);
    } catch (StatusRuntimeException unanswered) {
      turnToTheNextSite();
    }
  }
}
