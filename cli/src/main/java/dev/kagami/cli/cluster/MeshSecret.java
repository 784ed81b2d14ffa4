package dev.kagami.cli.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** What the processes of a mesh know each other by: 256 random bits, readable by their owner. */
record MeshSecret(Path file) {

  private static final int BYTES = 32;

  static MeshSecret in(Path data) {
    return new MeshSecret(data.resolve("mesh.secret"));
  }

  /** Made once; a cluster that has one keeps it, because running servers use it. */
  void makeIfMissing() throws IOException {
    if (Files.exists(file)) {
      return;
    }
    var random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    var text = HexFormat.of().formatHex(random).getBytes(US_ASCII);
    var next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try (var out =
        Files.newByteChannel(next, options, PosixFilePermissions.asFileAttribute(ownerOnly))) {
      out.write(ByteBuffer.wrap(text));
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
