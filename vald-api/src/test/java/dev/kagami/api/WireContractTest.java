package dev.kagami.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the protos against an independent table of Vald's: nothing missing, nothing extra. */
class WireContractTest {

  private ContractTable vald;
  private CompiledContract ours;

  @BeforeEach
  void load() throws Exception {
    vald = ContractTable.load();
    List<FileDescriptor> files = new ArrayList<>();
    for (String outerClass : vald.outerClasses()) {
      files.add((FileDescriptor) Class.forName(outerClass).getMethod("getDescriptor").invoke(null));
    }
    ours = new CompiledContract(files);
  }

  @Test
  void files_haveTheOptionsOfVald() {
    assertThat(ours.files()).containsExactlyElementsOf(vald.lines("file"));
  }

  @Test
  void sourceTree_holdsTheFilesOfValdOnly() throws IOException {
    // the sources themselves: copies in target outlive a proto that was deleted
    Path protos = Path.of(System.getProperty("basedir", "")).resolve("src/main/proto");

    List<String> sources;
    try (Stream<Path> found = Files.walk(protos.resolve("v1"))) {
      sources =
          found
              .filter(Files::isRegularFile)
              .map(file -> protos.relativize(file).toString().replace('\\', '/'))
              .toList();
    }

    assertThat(sources).containsExactlyInAnyOrderElementsOf(vald.paths());
  }

  @Test
  void messages_haveTheFieldsOfVald() {
    assertThat(ours.messages()).containsExactlyInAnyOrderElementsOf(vald.lines("message", "field"));
  }

  @Test
  void enums_haveTheValuesOfVald() {
    assertThat(ours.enums()).containsExactlyInAnyOrderElementsOf(vald.lines("enum", "value"));
  }

  @Test
  void services_haveTheCallsOfVald() {
    assertThat(ours.services()).containsExactlyInAnyOrderElementsOf(vald.lines("service", "rpc"));
  }

  @Test
  void stubs_offerEveryCall() throws ReflectiveOperationException {
    for (ServiceDescriptor service : ours.allServices().toList()) {
      assertThat(stub(service).getMethods())
          .extracting(call -> call.getFullMethodName() + " " + call.getType())
          .containsExactlyInAnyOrderElementsOf(
              service.getMethods().stream()
                  .map(rpc -> service.getFullName() + "/" + rpc.getName() + " " + type(rpc))
                  .toList());
    }
  }

  private static io.grpc.ServiceDescriptor stub(ServiceDescriptor service)
      throws ReflectiveOperationException {
    String javaPackage = service.getFile().getOptions().getJavaPackage();
    return (io.grpc.ServiceDescriptor)
        Class.forName(javaPackage + "." + service.getName() + "Grpc")
            .getMethod("getServiceDescriptor")
            .invoke(null);
  }

  private static MethodType type(MethodDescriptor rpc) {
    if (rpc.isClientStreaming()) {
      return rpc.isServerStreaming() ? MethodType.BIDI_STREAMING : MethodType.CLIENT_STREAMING;
    }
    return rpc.isServerStreaming() ? MethodType.SERVER_STREAMING : MethodType.UNARY;
  }
}
