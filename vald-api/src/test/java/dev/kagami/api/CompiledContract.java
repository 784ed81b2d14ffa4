package dev.kagami.api;

import static java.util.stream.Collectors.joining;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Compiled proto files, told in the lines of {@code wire-contract.txt}. */
final class CompiledContract {

  private final List<FileDescriptor> files;

  CompiledContract(List<FileDescriptor> files) {
    this.files = List.copyOf(files);
  }

  List<String> files() {
    return files.stream().map(CompiledContract::file).toList();
  }

  List<String> messages() {
    return allMessages().flatMap(CompiledContract::messageAndFields).toList();
  }

  List<String> enums() {
    return Stream.concat(
            files.stream().flatMap(file -> file.getEnumTypes().stream()),
            allMessages().flatMap(message -> message.getEnumTypes().stream()))
        .flatMap(CompiledContract::enumAndValues)
        .toList();
  }

  List<String> services() {
    return allServices().flatMap(CompiledContract::serviceAndRpcs).toList();
  }

  Stream<ServiceDescriptor> allServices() {
    return files.stream().flatMap(file -> file.getServices().stream());
  }

  private Stream<Descriptor> allMessages() {
    return files.stream()
        .flatMap(file -> file.getMessageTypes().stream())
        .flatMap(CompiledContract::withNested);
  }

  /** The message and all within it, but for the entries that protoc invents for maps. */
  private static Stream<Descriptor> withNested(Descriptor message) {
    if (message.getOptions().getMapEntry()) {
      return Stream.empty();
    }
    return Stream.concat(
        Stream.of(message),
        message.getNestedTypes().stream().flatMap(CompiledContract::withNested));
  }

  private static String file(FileDescriptor file) {
    var options = file.getOptions();
    return String.join(
        " ",
        "file",
        file.getFullName(),
        "package",
        file.getPackage(),
        "java",
        options.getJavaPackage(),
        options.getJavaOuterClassname(),
        options.getJavaMultipleFiles() ? "multiple" : "single",
        "objc",
        orDash(options.getObjcClassPrefix()),
        "go",
        options.getGoPackage(),
        "imports",
        orDash(
            file.getDependencies().stream()
                .map(FileDescriptor::getFullName)
                .sorted()
                .collect(joining(","))));
  }

  private static Stream<String> messageAndFields(Descriptor message) {
    return Stream.concat(
        Stream.of("message " + message.getFullName()),
        message.getFields().stream().map(field -> field(message, field)));
  }

  private static String field(Descriptor message, FieldDescriptor field) {
    return "field %s %s=%d %s%s%s"
        .formatted(
            message.getFullName(),
            field.getName(),
            field.getNumber(),
            label(field),
            field.isMapField() ? map(field.getMessageType()) : type(field),
            Optional.ofNullable(field.getRealContainingOneof())
                .map(OneofDescriptor::getName)
                .map(name -> " oneof " + name)
                .orElse(""));
  }

  /** Vald has no field that tells unset from zero, but for messages and the members of a oneof. */
  private static String label(FieldDescriptor field) {
    if (field.isRepeated()) {
      return field.isMapField() ? "" : "repeated ";
    }
    boolean presenceIsNatural =
        field.getJavaType() == JavaType.MESSAGE || field.getRealContainingOneof() != null;
    return field.hasPresence() && !presenceIsNatural ? "optional " : "";
  }

  private static String map(Descriptor entry) {
    return "map<%s,%s>"
        .formatted(type(entry.findFieldByName("key")), type(entry.findFieldByName("value")));
  }

  private static String type(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName();
      case ENUM -> field.getEnumType().getFullName();
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
          field.getType().name().toLowerCase(Locale.ROOT);
    };
  }

  private static Stream<String> enumAndValues(EnumDescriptor type) {
    return Stream.concat(
        Stream.of("enum " + type.getFullName()),
        type.getValues().stream()
            .map(value ->
                "value %s %s=%d"
                    .formatted(type.getFullName(), value.getName(), value.getNumber())));
  }

  private static Stream<String> serviceAndRpcs(ServiceDescriptor service) {
    return Stream.concat(
        Stream.of("service " + service.getFullName()),
        service.getMethods().stream().map(CompiledContract::rpc));
  }

  private static String rpc(MethodDescriptor rpc) {
    return String.join(
        " ",
        "rpc",
        rpc.getService().getFullName(),
        rpc.getName(),
        rpc.getInputType().getFullName(),
        rpc.getOutputType().getFullName(),
        shape(rpc),
        rpc.getOptions().hasExtension(AnnotationsProto.http)
            ? http(rpc.getOptions().getExtension(AnnotationsProto.http))
            : "-");
  }

  private static String shape(MethodDescriptor rpc) {
    if (rpc.isClientStreaming()) {
      return rpc.isServerStreaming() ? "bidi-stream" : "client-stream";
    }
    return rpc.isServerStreaming() ? "server-stream" : "unary";
  }

  private static String http(HttpRule rule) {
    String path =
        switch (rule.getPatternCase()) {
          case GET -> "GET " + rule.getGet();
          case PUT -> "PUT " + rule.getPut();
          case POST -> "POST " + rule.getPost();
          case DELETE -> "DELETE " + rule.getDelete();
          case PATCH -> "PATCH " + rule.getPatch();
          case CUSTOM -> rule.getCustom().getKind() + " " + rule.getCustom().getPath();
          case PATTERN_NOT_SET -> "no path";
        };
    String body = rule.getBody().isEmpty() ? "" : " body=" + rule.getBody();
    return path + body + (rule.getAdditionalBindingsCount() == 0 ? "" : " and more");
  }

  private static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
