package dev.kagami.cli.demo;

import io.grpc.Status;
import io.grpc.StatusException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vdaas.vald.api.v1.payload.Object.Vector;

/**
 * Two mirrored sites in two maps, right but for at most one fault. The lock of this object guards
 * everything; time is a counter.
 */
final class PretendMesh {

  private final Optional<Fault> fault;
  private final Map<String, Vector> a = new TreeMap<>();
  private final Map<String, Vector> b = new TreeMap<>();
  private boolean refusing;
  private long time;

  PretendMesh(Optional<Fault> fault) {
    this.fault = fault;
  }

  boolean has(Fault asked) {
    return fault.equals(Optional.of(asked));
  }

  synchronized void setReadOnly(boolean readOnly) {
    if (has(Fault.READ_ONLY_DOES_NOTHING)) {
      return;
    }
    refusing = readOnly || (refusing && has(Fault.B_STAYS_READ_ONLY));
  }

  synchronized Map<String, Vector> stored(boolean atB) {
    return Map.copyOf(atB ? b : a);
  }

  synchronized void insert(Vector vector) throws StatusException {
    if (a.containsKey(vector.getId())) {
      throw Status.ALREADY_EXISTS.asException();
    }
    write(vector, Fault.A_KEEPS_REFUSED_INSERT);
  }

  synchronized void upsert(Vector vector) throws StatusException {
    if (has(Fault.A_REFUSES_A_WORD) && vector.getId().equals("tea")) {
      throw Status.INVALID_ARGUMENT.withDescription("no tea").asException();
    }
    var old = Optional.ofNullable(a.get(vector.getId()));
    if (old.map(Vector::getVectorList).equals(Optional.of(vector.getVectorList()))) {
      throw Status.ALREADY_EXISTS.asException();
    }
    write(vector, Fault.A_KEEPS_REFUSED_UPSERT);
  }

  synchronized void remove(String id) throws StatusException {
    refuse();
    if (a.remove(id) == null) {
      throw Status.NOT_FOUND.asException();
    }
    if (!has(Fault.REMOVE_STAYS_AT_B)) {
      b.remove(id);
    }
  }

  private void write(Vector vector, Fault keeping) throws StatusException {
    var stamped = vector.toBuilder().setTimestamp(++time).build();
    if (refusing && has(keeping)) {
      a.put(vector.getId(), stamped);
    }
    if (refusing && has(Fault.ROLLBACK_CHANGES_TIMESTAMP)) {
      a.computeIfPresent(vector.getId(), (_, old) -> old.toBuilder().setTimestamp(time).build());
    }
    refuse();
    a.put(vector.getId(), stamped);
    if (has(Fault.B_MISSES_A_WORD) && vector.getId().equals("tea")) {
      return;
    }
    b.put(vector.getId(), asItArrivesAtB(stamped));
  }

  private void refuse() throws StatusException {
    if (refusing) {
      var code = has(Fault.OTHER_CODE) ? Status.INTERNAL : Status.UNAVAILABLE;
      throw code.withDescription("B refuses").asException();
    }
  }

  private Vector asItArrivesAtB(Vector vector) {
    if (has(Fault.B_HAS_OTHER_TIMESTAMPS)) {
      return vector.toBuilder().setTimestamp(vector.getTimestamp() + 1).build();
    }
    if (has(Fault.B_HAS_OTHER_BITS)) {
      return vector.toBuilder().setVector(99, Math.nextUp(vector.getVector(99))).build();
    }
    return vector;
  }
}
