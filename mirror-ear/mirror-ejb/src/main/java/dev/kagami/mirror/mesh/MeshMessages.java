package dev.kagami.mirror.mesh;

import dev.kagami.api.v1.ExchangeRequest;
import dev.kagami.api.v1.ExchangeResponse;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.transport.client.Address;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.vdaas.vald.api.v1.payload.Mirror;

/** What mirrors tell each other of the mesh, as protobuf messages. */
final class MeshMessages {
  private MeshMessages() {}

  static Mirror.Targets targets(Collection<Address> addresses) {
    var targets = Mirror.Targets.newBuilder();
    for (var address : addresses) {
      targets.addTargets(
          Mirror.Target.newBuilder().setHost(address.host()).setPort(address.port()));
    }
    return targets.build();
  }

  static List<Announced> announced(Mirror.Targets targets) {
    return targets.getTargetsList().stream()
        .map(one -> new Announced(one.getHost(), one.getPort()))
        .toList();
  }

  static ExchangeRequest request(List<Membership> memberships) {
    return ExchangeRequest.newBuilder().addAllMemberships(messages(memberships)).build();
  }

  static ExchangeResponse response(List<Membership> memberships) {
    return ExchangeResponse.newBuilder().addAllMemberships(messages(memberships)).build();
  }

  private static List<dev.kagami.api.v1.Membership> messages(List<Membership> memberships) {
    return memberships.stream()
        .map(word ->
            dev.kagami.api.v1.Membership.newBuilder()
                .setHost(word.address().host())
                .setPort(word.address().port())
                .setMember(word.isMember())
                .setSince(word.since().toEpochMilli())
                .build())
        .toList();
  }

  /**
   * @throws InvalidArgument if an address is none
   */
  static List<Membership> memberships(List<dev.kagami.api.v1.Membership> messages) {
    return messages.stream()
        .map(message ->
            new Membership(
                address(message), message.getMember(), Instant.ofEpochMilli(message.getSince())))
        .toList();
  }

  private static Address address(dev.kagami.api.v1.Membership message) {
    try {
      return new Address(message.getHost(), message.getPort());
    } catch (IllegalArgumentException wrong) {
      throw new InvalidArgument("memberships", wrong.getMessage());
    }
  }
}
