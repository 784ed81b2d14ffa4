package dev.kagami.mirror.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The file that operators apply, against Vald's table and against the class that reads it. */
class CustomResourceDefinitionTest {
  private static final Path FILE =
      Path.of(System.getProperty("kagami.root"), "k8s", "crds", "valdmirrortarget.yaml");

  private static CustomResourceDefinition definition;

  @BeforeAll
  static void read() throws IOException {
    definition = Serialization.unmarshal(Files.readString(FILE), CustomResourceDefinition.class);
  }

  @Test
  void names_areThoseOfTheClass() {
    var read = CustomResourceDefinitionContext.fromCrd(definition);
    var ours = CustomResourceDefinitionContext.fromCustomResourceType(ValdMirrorTarget.class);

    assertThat(read).usingRecursiveComparison().ignoringFields("statusSubresource").isEqualTo(ours);
    assertThat(definition.getMetadata().getName()).isEqualTo("valdmirrortargets.vald.vdaas.org");
    assertThat(definition.getSpec().getNames().getShortNames()).containsExactly("vmt", "vmts");
    assertThat(definition.getSpec().getNames().getListKind()).isEqualTo("ValdMirrorTargetList");
  }

  @Test
  void schema_isValds() {
    var properties = version().getSchema().getOpenAPIV3Schema().getProperties();
    var spec = properties.get("spec").getProperties();
    var target = spec.get("target");
    var status = properties.get("status");

    assertThat(spec.keySet()).containsExactlyInAnyOrder("colocation", "target");
    assertThat(target.getRequired()).containsExactly("host", "port");
    assertThat(target.getProperties().get("host").getMinLength()).isEqualTo(1);
    assertThat(target.getProperties().get("port").getMinimum()).isZero();
    assertThat(target.getProperties().get("port").getMaximum()).isEqualTo(65_535);
    assertThat(status.getDefault()).isEmpty();
    var phase = status.getProperties().get("phase");
    assertThat(phase.getDefault().asText()).isEqualTo("Pending");
    assertThat(phase.getEnum())
        .extracting(word -> word.asText())
        .containsExactly("Pending", "Connected", "Disconnected", "Unknown");
    assertThat(version().getSubresources().getStatus()).isNotNull();
  }

  @Test
  void columns_areValds() {
    assertThat(version().getAdditionalPrinterColumns())
        .extracting(column -> column.getName() + " " + column.getJsonPath())
        .containsExactly(
            "Host .spec.target.host",
            "Port .spec.target.port",
            "Status .status.phase",
            "Last Transition Time .status.lastTransitionTime",
            "Age .metadata.creationTimestamp");
  }

  private static CustomResourceDefinitionVersion version() {
    var versions = definition.getSpec().getVersions();
    assertThat(versions).hasSize(1);
    assertThat(versions.getFirst().getServed()).isTrue();
    assertThat(versions.getFirst().getStorage()).isTrue();
    return versions.getFirst();
  }
}
