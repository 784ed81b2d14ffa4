package dev.kagami.mirror.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dynatrace.hash4j.hashing.Hashing;
import dev.kagami.transport.client.Address;

/** What a mirror calls the resources that it makes: all replicas of a mirror alike, as in Vald. */
record ResourceNames(Address own) {
  private static final String PREFIX = "mirror-target-";

  /** The name of the resource for {@code peer}. */
  String of(Address peer) {
    var hashed = (own.toString() + peer).getBytes(UTF_8);
    return PREFIX + Long.toUnsignedString(Hashing.xxh3_64().hashBytesToLong(hashed));
  }
}
