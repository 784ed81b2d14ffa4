package dev.kagami.mirror.kubernetes;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kagami.mirror.mesh.TargetPhase;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Vald's custom resource for one mirror target; a bean, as the client wants it. */
@Group("vald.vdaas.org")
@Version("v1")
@Kind("ValdMirrorTarget")
@Plural("valdmirrortargets")
@Singular("valdmirrortarget")
@ShortNames({"vmt", "vmts"})
public final class ValdMirrorTarget
    extends CustomResource<ValdMirrorTarget.Spec, ValdMirrorTarget.Status> implements Namespaced {
  private static final long serialVersionUID = 1L;

  /**
   * What is wanted; people may leave anything out.
   *
   * @param colocation where the target lies, for people
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Spec(String colocation, Endpoint target) {}

  /** The address of the target's mirror. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Endpoint(String host, int port) {}

  /**
   * What was found.
   *
   * @param phase Pending, Connected, Disconnected or Unknown
   * @param lastTransitionTime when the phase last changed, as in RFC 3339
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Status(String phase, String lastTransitionTime) {
    static Status of(TargetPhase phase, Instant since) {
      return new Status(word(phase), since.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Vald has no word for one that answers and may not be relied on yet. */
    private static String word(TargetPhase phase) {
      return switch (phase) {
        case PENDING, CATCHING_UP -> "Pending";
        case CONNECTED -> "Connected";
        case DISCONNECTED -> "Disconnected";
        case UNKNOWN -> "Unknown";
      };
    }

    boolean hasPhaseOf(Status other) {
      return other.phase().equals(phase);
    }
  }

  String name() {
    return getMetadata().getName();
  }

  /** Where the target is, if anything is said of that. */
  Optional<Endpoint> endpoint() {
    return Optional.ofNullable(getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.target()))
        .filter(endpoint -> endpoint.host() != null);
  }

  /** Where the target lies, for people. */
  String colocation() {
    return Optional.ofNullable(getSpec())
        .flatMap(spec -> Optional.ofNullable(spec.colocation()))
        .orElse("");
  }

  /** Somebody deletes it. */
  boolean isGoing() {
    return getMetadata().getDeletionTimestamp() != null;
  }

  @Override
  protected Spec initSpec() {
    return null;
  }

  @Override
  protected Status initStatus() {
    return null;
  }
}
