package dev.kagami.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote down about itself. */
record BuildProperties(String version, String liberty) {

  static BuildProperties load() {
    Properties properties = new Properties();
    try (InputStream in = BuildProperties.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildProperties(
        properties.getProperty("version"), properties.getProperty("liberty"));
  }
}
