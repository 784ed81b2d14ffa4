package dev.kagami.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The lines of {@code wire-contract.txt}; the head of that file explains their format. */
final class ContractTable {

  private final List<String> lines;

  private ContractTable(List<String> lines) {
    this.lines = lines;
  }

  static ContractTable load() throws IOException {
    try (InputStream table = ContractTable.class.getResourceAsStream("/wire-contract.txt")) {
      return new ContractTable(
          new String(table.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .toList());
    }
  }

  /** Lines whose first word is one of {@code kinds}, in table order. */
  List<String> lines(String... kinds) {
    return lines.stream().filter(line -> List.of(kinds).contains(word(line, 0))).toList();
  }

  /** Import paths of the files. */
  List<String> paths() {
    return lines("file").stream().map(line -> word(line, 1)).toList();
  }

  /** Outer classes of the files, by the names that Vald gives them. */
  List<String> outerClasses() {
    return lines("file").stream().map(line -> word(line, 5) + "." + word(line, 6)).toList();
  }

  private static String word(String line, int index) {
    return line.split(" ", -1)[index];
  }
}
