package dev.kagami.cli.demo;

/** A claim of the demo does not hold; the message says what was seen instead. */
final class Untrue extends Exception {

  Untrue(String message) {
    super(message);
  }
}
