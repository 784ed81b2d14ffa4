package dev.kagami.system;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.vdaas.vald.api.v1.payload.Object;

/**
 * Clients that write, read and search without a pause, and compare every answer with what was
 * acknowledged to them. Each has ids of its own.
 */
final class CheckedLoad implements AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final int CLIENTS = 4;
  private static final int IDS = 25;

  private final List<Client> clients;
  private final AtomicLong calls = new AtomicLong();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final Queue<Span> disturbances = new ConcurrentLinkedQueue<>();

  /** What an acknowledged write or removal should have made impossible. */
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  private volatile boolean stopped;

  /** From one moment to another. */
  private record Span(long beginNanos, long endNanos) {
    boolean meets(Span other) {
      return beginNanos - other.endNanos <= 0 && other.beginNanos - endNanos <= 0;
    }
  }

  /** A call that failed. */
  private record Refusal(Span span, String call, Code code) {}

  /** Starts; writes begin with the numbers after {@code seed} thousands. */
  CheckedLoad(BareSite site, int seed) {
    this.clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(number -> new Client(number, seed, site.gateway()))
            .toList();
    clients.forEach(Client::start);
  }

  /** Does something that the calls under way may notice. */
  void disturb(Runnable disturbance) {
    long begin = System.nanoTime();
    disturbance.run();
    disturbances.add(new Span(begin, System.nanoTime()));
  }

  /** Returns after so many further calls. */
  void awaitCalls(int more) {
    long until = calls.get() + more;
    Eventually.waitUntil(
        more + " more calls",
        SOON,
        () -> calls.get() >= until,
        () -> calls.get() + " of " + until + "; " + refusals);
  }

  /** Ends the load, and returns what each id must be: its vector, or absent. */
  Map<String, Optional<float[]>> stop() throws InterruptedException {
    stopped = true;
    var expected = new HashMap<String, Optional<float[]>>();
    for (var client : clients) {
      client.ended.await();
      expected.putAll(client.acknowledged);
    }
    return expected;
  }

  Queue<String> faults() {
    return faults;
  }

  /** Ends the load, whether its clients like it or not. */
  @Override
  public void close() {
    stopped = true;
    clients.forEach(client -> client.vectors.close());
  }

  private final class Client {
    private final List<String> ids;
    private final Random random;
    private final ValdClient vectors;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** The vector of each id, or that it is absent; not there while nobody can tell. */
    private final Map<String, Optional<float[]>> acknowledged = new HashMap<>();

    private int written;

    Client(int number, int seed, ValdClient vectors) {
      this.ids =
          IntStream.range(0, IDS).mapToObj(i -> "load-" + seed + "-" + number + "-" + i).toList();
      this.random = new Random(31L * seed + number);
      this.vectors = vectors;
      this.written = 1_000 * (number + CLIENTS * seed);
      ids.forEach(id -> acknowledged.put(id, Optional.empty()));
    }

    void start() {
      Thread.ofVirtual().name("client of " + ids.getFirst()).start(this::run);
    }

    private void run() {
      try {
        while (!stopped) {
          var id = ids.get(random.nextInt(IDS));
          if (random.nextInt(3) == 0) {
            write(id);
          } else {
            read(id);
          }
          calls.incrementAndGet();
        }
      } catch (RuntimeException failure) {
        faults.add("the client broke: " + failure);
      } finally {
        ended.countDown();
      }
    }

    private void write(String id) {
      var before = acknowledged.get(id);
      long begin = System.nanoTime();
      boolean removes = before != null && before.isPresent() && random.nextInt(3) == 0;
      float[] vector = {written++, 1, 0, 0};
      var code =
          removes
              ? vectors.remove(id)
              : before == null
                  ? vectors.upsert(id, vector)
                  : before.isPresent() ? vectors.update(id, vector) : vectors.insert(id, vector);
      if (code == Code.OK) {
        acknowledged.put(id, removes ? Optional.empty() : Optional.of(vector));
      } else {
        refuse(begin, "write of " + id + ": " + vectors.lastRefusal(), code);
        acknowledged.remove(id);
      }
    }

    private void read(String id) {
      var expected = acknowledged.get(id);
      long begin = System.nanoTime();
      try {
        var found = vectors.get(id);
        if (expected != null && !isSame(expected, found)) {
          faults.add(
              id + " is " + text(found) + ", acknowledged is " + expected.map(Arrays::toString));
        }
        if (expected != null && expected.isPresent()) {
          var hits = vectors.search(1, expected.get());
          if (!hits.equals(List.of(id))) {
            faults.add(id + " is not found where it is, but " + hits);
          }
        }
      } catch (StatusRuntimeException failure) {
        refuse(begin, "read of " + id + ": " + failure.getMessage(), failure.getStatus().getCode());
      }
    }
  }

  static boolean isSame(Optional<float[]> expected, Optional<Object.Vector> found) {
    return expected.isEmpty()
        ? found.isEmpty()
        : found.isPresent() && Arrays.equals(expected.get(), components(found.get()));
  }

  private static float[] components(Object.Vector vector) {
    var components = new float[vector.getVectorCount()];
    for (int i = 0; i < components.length; i++) {
      components[i] = vector.getVector(i);
    }
    return components;
  }

  private static String text(Optional<Object.Vector> found) {
    return found.map(vector -> vector.getVectorList().toString()).orElse("absent");
  }

  private void refuse(long begin, String call, Code code) {
    refusals.add(new Refusal(new Span(begin, System.nanoTime()), call, code));
  }

  /** The refused calls that no disturbance has met. */
  List<String> unexplained() {
    return refusals.stream()
        .filter(refusal -> disturbances.stream().noneMatch(refusal.span()::meets))
        .map(refusal -> refusal.code() + " for a " + refusal.call())
        .toList();
  }
}
