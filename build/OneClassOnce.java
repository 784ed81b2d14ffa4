import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Fails if a class lies in an EAR twice: the container would load it through two class loaders and
 * the two would not be the same type. Run by the build: java OneClassOnce.java FILE.ear
 */
final class OneClassOnce {
  private final Map<String, TreeSet<String>> places = new TreeMap<>();

  private OneClassOnce() {}

  public static void main(String[] arguments) throws IOException {
    var ear = Path.of(arguments[0]);
    var check = new OneClassOnce();
    try (var in = Files.newInputStream(ear)) {
      check.read(in, ear.getFileName().toString());
    }
    var twice = check.twice();
    if (check.places.isEmpty() || !twice.isEmpty()) {
      System.err.println(
          check.places.isEmpty()
              ? ear + " holds no class"
              : "in " + ear + " more than once:\n  " + String.join("\n  ", twice));
      System.exit(1);
    }
  }

  private List<String> twice() {
    return places.entrySet().stream()
        .filter(each -> each.getValue().size() > 1)
        .map(each -> each.getKey() + " in " + each.getValue())
        .toList();
  }

  private void read(InputStream archive, String place) throws IOException {
    var zip = new ZipInputStream(archive);
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      read(zip, entry, place);
    }
  }

  private void read(ZipInputStream zip, ZipEntry entry, String place) throws IOException {
    var name = entry.getName();
    if (name.endsWith(".jar") || name.endsWith(".war")) {
      read(zip, place + "/" + name);
    } else if (name.endsWith(".class")) {
      count(name.replaceFirst("^WEB-INF/classes/", ""), place);
    }
  }

  /** A module's or package's description, and a class for a newer Java, may be in many jars. */
  private void count(String name, String place) {
    if (!name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
      places.computeIfAbsent(name, _ -> new TreeSet<>()).add(place);
    }
  }
}
