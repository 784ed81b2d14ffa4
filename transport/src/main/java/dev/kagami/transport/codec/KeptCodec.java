package dev.kagami.transport.codec;

import dev.kagami.api.v1.Copy;
import dev.kagami.api.v1.DropRequest;
import dev.kagami.api.v1.FindResponse;
import dev.kagami.api.v1.KeptVersion;
import dev.kagami.core.store.Head;
import dev.kagami.core.store.Kept;
import dev.kagami.core.store.KeptHeads;
import dev.kagami.core.store.Stamp;
import dev.kagami.core.store.Version;
import dev.kagami.core.vector.VectorId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is kept of an id to a message and back, with its floats and without. */
public final class KeptCodec {
  private KeptCodec() {}

  public static FindResponse response(Kept kept) {
    var response = FindResponse.newBuilder();
    for (var entry : kept.entries()) {
      response.addVersions(version(entry));
    }
    for (var mark : kept.marks()) {
      response.addMarks(mark.value());
    }
    return response.build();
  }

  private static KeptVersion version(Kept.Entry entry) {
    var version = entry.version();
    var message =
        KeptVersion.newBuilder()
            .setTimestamp(version.timestamp().unixNanos())
            .setStamp(version.stamp().value())
            .setTombstone(version.isTombstone())
            .setSettled(entry.settled());
    version
        .vector()
        .ifPresent(vector -> {
          for (int i = 0; i < vector.dimension(); i++) {
            message.addVector(vector.component(i));
          }
        });
    return message.build();
  }

  /** All that is kept of {@code id}, put in order again whatever order it came in. */
  public static Kept kept(VectorId id, FindResponse response) {
    var entries = new ArrayList<Kept.Entry>();
    for (var version : response.getVersionsList()) {
      entries.add(new Kept.Entry(version(id, version), version.getSettled()));
    }
    return Kept.nothing(id).merge(new Kept(id, entries, marks(response.getMarksList())));
  }

  private static Version version(VectorId id, KeptVersion version) {
    if (version.getTombstone() == (version.getVectorCount() > 0)) {
      throw new IllegalArgumentException("a version is a vector or a tombstone, not both or none");
    }
    return new Version(
        id,
        Times.timestamp(version.getTimestamp()),
        Times.stamp(version.getStamp()),
        version.getTombstone()
            ? Optional.empty()
            : Optional.of(Floats.vector(version.getVectorList())));
  }

  static dev.kagami.api.v1.Head head(Head head) {
    return dev.kagami.api.v1.Head.newBuilder()
        .setTimestamp(head.timestamp().unixNanos())
        .setStamp(head.stamp().value())
        .setTombstone(!head.isVector())
        .setContentHash(head.contentHash())
        .build();
  }

  static Head head(VectorId id, dev.kagami.api.v1.Head head) {
    return new Head(
        id,
        Times.timestamp(head.getTimestamp()),
        Times.stamp(head.getStamp()),
        head.getTombstone() ? Head.Kind.TOMBSTONE : Head.Kind.VECTOR,
        head.getContentHash());
  }

  public static DropRequest request(List<Head> copies) {
    var request = DropRequest.newBuilder();
    for (var copy : copies) {
      request.addCopies(Copy.newBuilder().setId(copy.id().value()).setHead(head(copy)));
    }
    return request.build();
  }

  public static List<Head> copies(DropRequest request) {
    return request.getCopiesList().stream()
        .map(copy -> head(new VectorId(copy.getId()), copy.getHead()))
        .toList();
  }

  static dev.kagami.api.v1.KeptHeads message(KeptHeads heads) {
    var message = dev.kagami.api.v1.KeptHeads.newBuilder().setId(heads.id().value());
    heads.heads().forEach(head -> message.addHeads(head(head)));
    heads.marks().forEach(mark -> message.addMarks(mark.value()));
    return message.build();
  }

  /** What is kept of an id, put in order again whatever order it came in. */
  static KeptHeads heads(dev.kagami.api.v1.KeptHeads message) {
    var id = new VectorId(message.getId());
    var heads = message.getHeadsList().stream().map(head -> head(id, head)).toList();
    var nothing = new KeptHeads(id, List.of(), Collections.emptySortedSet());
    return nothing.merge(new KeptHeads(id, heads, marks(message.getMarksList())));
  }

  private static SortedSet<Stamp> marks(List<Long> values) {
    var marks = new TreeSet<Stamp>();
    values.forEach(value -> marks.add(Times.stamp(value)));
    return marks;
  }
}
