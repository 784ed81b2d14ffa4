package dev.kagami.bench.site;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Keeps the same number of calls in flight: each answer begins the next call. */
final class ClosedLoop<Q, A> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final MethodDescriptor<Q, A> method;
  private final Supplier<Q> requests;

  /**
   * @param requests asked by many threads
   */
  ClosedLoop(MethodDescriptor<Q, A> method, Supplier<Q> requests) {
    this.method = method;
    this.requests = requests;
  }

  /** Returns when {@code time} is over and all calls have been answered. */
  Measured run(Role role, int inFlight, Duration time) throws InterruptedException {
    var cpu = role.cpu();
    long begin = System.nanoTime();
    var lanes = new Lanes(role.channel(), begin + time.toNanos(), inFlight);
    for (int i = 0; i < inFlight; i++) {
      lanes.next();
    }
    lanes.over.await();
    return new Measured(
        lanes.nanos.stream().sorted().toList(),
        lanes.failures.get(),
        Duration.ofNanos(System.nanoTime() - begin),
        role.cpu().minus(cpu));
  }

  private final class Lanes {
    private final Channel channel;
    private final long end;
    private final CountDownLatch over;
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final AtomicLong failures = new AtomicLong();

    Lanes(Channel channel, long end, int inFlight) {
      this.channel = channel;
      this.end = end;
      this.over = new CountDownLatch(inFlight);
    }

    void next() {
      long begin = System.nanoTime();
      if (begin - end > 0) {
        over.countDown();
        return;
      }
      var options =
          CallOptions.DEFAULT.withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      ClientCalls.asyncUnaryCall(
          channel.newCall(method, options), requests.get(), new Answer(this, begin));
    }
  }

  private final class Answer implements StreamObserver<A> {
    private final Lanes lanes;
    private final long begin;

    Answer(Lanes lanes, long begin) {
      this.lanes = lanes;
      this.begin = begin;
    }

    @Override
    public void onNext(A answer) {
      // timed when the call is complete
    }

    @Override
    public void onError(Throwable failure) {
      lanes.failures.incrementAndGet();
      lanes.next();
    }

    @Override
    public void onCompleted() {
      lanes.nanos.add(System.nanoTime() - begin);
      lanes.next();
    }
  }
}
