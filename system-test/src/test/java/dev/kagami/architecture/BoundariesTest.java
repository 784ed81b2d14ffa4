package dev.kagami.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the boundaries of the code run, stated as tests over the compiled classes. */
class BoundariesTest {
  private static final Path ROOT = Path.of(System.getProperty("kagami.root"));
  private static final List<String> MODULES =
      List.of(
          "core",
          "transport",
          "agent-war",
          "gateway-war",
          "mirror-ear/mirror-ejb",
          "mirror-ear/mirror-war",
          "mirror-ear/mirror-console",
          "cli");

  private static JavaClasses code;

  @BeforeAll
  static void readClassFiles() {
    var folders = MODULES.stream().map(module -> ROOT.resolve(module + "/target/classes")).toList();
    code =
        new ClassFileImporter().importPaths(folders.stream().filter(Files::isDirectory).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.kagami.core",
        "dev.kagami.transport",
        "dev.kagami.agent",
        "dev.kagami.gateway",
        "dev.kagami.mirror",
        "dev.kagami.cli"
      })
  void everyModule_isLookedAt(String root) {
    assertThat(code.that(resideInAPackage(root + ".."))).isNotEmpty();
  }

  @Test
  void core_importsJavaOnly() {
    classes()
        .that(resideInAPackage("dev.kagami.core.."))
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage("dev.kagami.core..", "java.."))
        .check(code);
  }

  /** A role's root package, which wires its features, is left out. */
  @Test
  void features_formNoCycle() {
    slices().matching("dev.kagami.(*).(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void grpcAndRest_neverSeeEachOther() {
    noClasses()
        .that(resideInAPackage("dev.kagami.transport.grpc.."))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.kagami.transport.rest.."))
        .check(code);
  }

  @ParameterizedTest(name = "{0} stays in {1}")
  @CsvSource({
    "io.grpc.., dev.kagami.transport.. dev.kagami.gateway dev.kagami.gateway.discovery"
        + " dev.kagami.gateway.filter dev.kagami.gateway.indexing dev.kagami.mirror"
        + " dev.kagami.mirror.endpoint dev.kagami.mirror.mesh dev.kagami.cli..",
    "jakarta.ws.rs.., dev.kagami.transport.rest dev.kagami.agent dev.kagami.gateway"
        + " dev.kagami.mirror.endpoint",
    "jakarta.persistence.., dev.kagami.mirror.mesh dev.kagami.mirror.catchup dev.kagami.mirror",
    "org.apache.lucene.., dev.kagami.agent.index dev.kagami.agent.checkpoint",
    "org.apache.activemq.., dev.kagami.agent.log dev.kagami.mirror.compensation",
    "jakarta.faces.., dev.kagami.mirror.web",
    "io.fabric8.., dev.kagami.mirror.kubernetes dev.kagami.gateway.discovery"
  })
  void technology_staysInItsAdapter(String technology, String homes) {
    noClasses()
        .that(resideInAPackage("dev.kagami..").and(not(resideInAnyPackage(homes.split(" ")))))
        .should()
        .dependOnClassesThat(resideInAPackage(technology))
        .check(code);
  }

  @Test
  void roles_doNotSeeEachOther() {
    slices()
        .matching("dev.kagami.(agent|gateway|mirror|cli)..")
        .should()
        .notDependOnEachOther()
        .check(code);
  }
}
