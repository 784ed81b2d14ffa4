package dev.kagami.mirror.mesh;

import dev.kagami.mirror.mesh.MirrorTarget.Source;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Who tells all targets that it wants, each time it is asked, as the configuration's list does. Of
 * such a source's rows in the database those are deleted that it does not tell any more. Must not
 * block; may be called from several threads.
 */
public interface TargetSource {

  /** Whose rows these are. */
  Source source();

  /** Its targets, an address once at most; nothing if that is not known now. */
  Optional<List<MirrorTarget>> targets();

  /** The configuration's list, which is as it is {@code since} the process began. */
  static TargetSource configured(Collection<Address> addresses, Instant since) {
    var targets =
        addresses.stream()
            .map(address -> MirrorTarget.wanted(address, Source.STATIC, since))
            .toList();
    return new TargetSource() {
      @Override
      public Source source() {
        return Source.STATIC;
      }

      @Override
      public Optional<List<MirrorTarget>> targets() {
        return Optional.of(targets);
      }
    };
  }
}
