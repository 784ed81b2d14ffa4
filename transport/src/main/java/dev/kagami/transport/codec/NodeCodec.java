package dev.kagami.transport.codec;

import dev.kagami.api.v1.HelloResponse;
import dev.kagami.api.v1.Role;
import dev.kagami.api.v1.WriterClaim;
import dev.kagami.core.error.ValdException.InvalidArgument;
import dev.kagami.core.store.Node;
import dev.kagami.core.store.WriterNumber;
import dev.kagami.core.vector.Metric;
import dev.kagami.core.vector.ObjectType;
import dev.kagami.core.vector.VectorSpace;

/** The messages of {@code kagami.v1.Node} to values and back. */
public final class NodeCodec {
  /** Version of {@code kagami.v1} that this build speaks; others are not talked to. */
  public static final int FORMAT_VERSION = 1;

  private NodeCodec() {}

  public static HelloResponse response(Node.Description description) {
    return HelloResponse.newBuilder()
        .setRole(role(description.role()))
        .setSite(description.site())
        .setSiteNumber(description.siteNumber())
        .setName(description.name())
        .setFormatVersion(FORMAT_VERSION)
        .setDimension(description.space().dimension())
        .setDistance(description.space().metric().spelling())
        .setObjectType(description.space().type().spelling())
        .setGreatestStamp(description.greatestStamp().value())
        .setRun(description.run())
        .addAllClaims(description.claims().stream().map(NodeCodec::message).toList())
        .build();
  }

  public static WriterClaim message(dev.kagami.core.store.WriterClaim claim) {
    return WriterClaim.newBuilder()
        .setSiteNumber(claim.writer().site())
        .setProcess(claim.writer().process())
        .setRun(claim.run())
        .setName(claim.name())
        .build();
  }

  /**
   * Who wants which number.
   *
   * @throws InvalidArgument if there is no such number
   */
  public static dev.kagami.core.store.WriterClaim claim(WriterClaim message) {
    return new dev.kagami.core.store.WriterClaim(
        writer(message), message.getRun(), message.getName());
  }

  private static WriterNumber writer(WriterClaim message) {
    try {
      return new WriterNumber(message.getSiteNumber(), message.getProcess());
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument("claim", e.getMessage());
    }
  }

  private static Role role(Node.Role role) {
    return switch (role) {
      case AGENT -> Role.ROLE_AGENT;
      case GATEWAY -> Role.ROLE_GATEWAY;
      case MIRROR -> Role.ROLE_MIRROR;
    };
  }

  /**
   * Who answered.
   *
   * @throws IllegalArgumentException if the answer makes no sense
   */
  public static Node.Description description(HelloResponse response) {
    return new Node.Description(
        role(response),
        response.getSite(),
        response.getSiteNumber(),
        response.getName(),
        space(response),
        Times.stamp(response.getGreatestStamp()),
        response.getRun(),
        response.getClaimsList().stream().map(NodeCodec::claim).toList());
  }

  private static VectorSpace space(HelloResponse response) {
    var type = response.getObjectType();
    return new VectorSpace(
        response.getDimension(),
        Metric.parse(response.getDistance()),
        type.isEmpty() ? ObjectType.FLOAT : ObjectType.parse(type));
  }

  private static Node.Role role(HelloResponse response) {
    return switch (response.getRole()) {
      case ROLE_AGENT -> Node.Role.AGENT;
      case ROLE_GATEWAY -> Node.Role.GATEWAY;
      case ROLE_MIRROR -> Node.Role.MIRROR;
      case ROLE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("unknown role " + response.getRoleValue());
    };
  }
}
