package dev.kagami.mirror.mesh;

import dev.kagami.core.store.Stamp;
import dev.kagami.transport.client.Address;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where a simulated network lets other processes into a mesh, as its gRPC services do. */
public final class MeshDoor {
  private MeshDoor() {}

  public static CompletionStage<List<Announced>> register(MirrorMesh mesh, List<Address> told) {
    return mesh.registration().register(announced(told)).thenApply(MeshDoor::announced);
  }

  public static CompletionStage<Stamp> clock(MirrorMesh mesh, Stamp theirs) {
    return mesh.own().exchangeClocks(theirs);
  }

  public static CompletionStage<List<Membership>> memberships(
      MirrorMesh mesh, List<Membership> told) {
    return mesh.memberships().exchange(told);
  }

  private static List<Announced> announced(List<Address> addresses) {
    return addresses.stream()
        .map(address -> new Announced(address.host(), address.port()))
        .toList();
  }
}
