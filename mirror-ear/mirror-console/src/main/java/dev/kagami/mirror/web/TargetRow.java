package dev.kagami.mirror.web;

import dev.kagami.mirror.console.TargetView;
import dev.kagami.mirror.mesh.MirrorTarget.Desired;
import dev.kagami.mirror.mesh.Standing;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One mirror target in words for the page.
 *
 * @param site the name of the site, or a dash while it is not known
 * @param severity how the phase is coloured, in PrimeFaces' words
 */
public record TargetRow(
    String site,
    String address,
    String phase,
    String severity,
    String since,
    String reason,
    String sources) {
  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  static TargetRow of(TargetView target) {
    return new TargetRow(
        target.site().orElse("-"),
        target.address().toString(),
        phase(target),
        severity(target),
        text(target.since()),
        target.reason(),
        target.sources().stream().map(TargetRow::words).collect(Collectors.joining(", ")));
  }

  static String text(Instant instant) {
    return TIME.format(instant);
  }

  private static String phase(TargetView target) {
    if (target.desired() == Desired.REMOVED || target.desired() == Desired.UNUSED) {
      return "removed";
    }
    return words(target.standing() == Standing.REDUNDANT ? target.standing() : target.phase());
  }

  private static String severity(TargetView target) {
    if (target.standing() == Standing.REDUNDANT) {
      return "info";
    }
    return switch (target.phase()) {
      case CONNECTED -> "success";
      case PENDING, CATCHING_UP -> "info";
      case DISCONNECTED -> "danger";
      case UNKNOWN -> "warning";
    };
  }

  private static String words(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
