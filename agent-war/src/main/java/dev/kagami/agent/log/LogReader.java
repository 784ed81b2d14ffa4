package dev.kagami.agent.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the frames of all files, told in order, together again: tells a torn end, which a crash
 * leaves and nobody misses, from damage.
 *
 * <p>After a hole in the numbers nothing is certain until a frame shows that the missing ones had
 * been durable: then they were acknowledged, the log is damaged, and what is sound is passed on all
 * the same. If the files end before, or a new generation begins, the hole was the torn end and what
 * follows it is dropped. Not thread-safe.
 */
final class LogReader implements LogFile.Visitor {
  private final WriteAheadLog.Replay target;
  private final List<String> damages = new ArrayList<>();
  private final List<String> tornEnds = new ArrayList<>();

  /** Sound frames after a hole. */
  private final List<LogFrame> held = new ArrayList<>();

  private long next;
  private String place = "";
  private String flaw = "";
  private int fileBytes;
  private boolean continued = true;

  /**
   * @param covered the number up to which nothing is missed, nor told
   */
  LogReader(long covered, WriteAheadLog.Replay target) {
    this.next = covered + 1;
    this.target = target;
  }

  @Override
  public void frame(LogFrame frame, Path file, int start) {
    if (!held.isEmpty() && frame.durable() >= next) {
      damaged();
    }
    switch (frame.entry()) {
      case LogEntry.Begun begun -> begin(frame, begun);
      case LogEntry.Continued later -> {
        fileBytes = later.fileBytes();
        follow(frame);
      }
      case LogEntry.Change _, LogEntry.Ended _ -> follow(frame);
    }
    place = file + " after byte " + start;
  }

  private void begin(LogFrame frame, LogEntry.Begun begun) {
    dropTornEnd();
    if (frame.seq() > next) {
      note(damages, "entries " + next + " to " + (frame.seq() - 1) + " are missing");
    }
    next = Math.max(next, frame.seq() + 1);
    flaw = "";
    continued = false;
    fileBytes = begun.fileBytes();
  }

  private void follow(LogFrame frame) {
    if (held.isEmpty() && frame.seq() == next) {
      pass(frame);
      flaw = "";
    } else if (frame.seq() >= next) {
      held.add(frame);
      if (frame.durable() >= next) {
        damaged();
      }
    }
  }

  private void pass(LogFrame frame) {
    if (frame.entry() instanceof LogEntry.Change(var record)) {
      target.record(frame.seq(), record);
    }
    next = frame.seq() + 1;
  }

  private void damaged() {
    note(
        damages,
        "entries " + next + " to " + (held.getFirst().seq() - 1) + " are damaged or missing");
    held.forEach(this::pass);
    held.clear();
    flaw = "";
  }

  private void dropTornEnd() {
    if (!held.isEmpty() || !flaw.isEmpty()) {
      note(tornEnds, "entries from " + next + " on were never finished, and are dropped");
    }
    held.clear();
  }

  private void note(List<String> notes, String what) {
    notes.add(what + ", in " + (flaw.isEmpty() ? place : flaw));
  }

  @Override
  public void flaw(Path file, int start) {
    if (flaw.isEmpty()) {
      flaw = file + " at byte " + start;
    }
  }

  /** Learns that a generation's files follow. */
  void generation() {
    continued = true;
  }

  /** Whether the generation was not begun by a start, as far as its files told. */
  boolean isContinued() {
    return continued;
  }

  /**
   * Learns that there are no more files.
   *
   * @param uncut those that no start can have trimmed: of the last that one began, and those that
   *     continue it
   */
  void end(List<LogFile.Extent> uncut) {
    for (var file : uncut) {
      if (file.used() > 0 && file.bytes() < fileBytes) {
        damages.add(
            file.path() + " has " + file.bytes() + " bytes, but was made with " + fileBytes);
      }
    }
    dropTornEnd();
  }

  /** The number for the next entry. */
  long next() {
    return next;
  }

  /** What is lost that had been acknowledged, and where. */
  List<String> damages() {
    return List.copyOf(damages);
  }

  /** What was dropped that had not been acknowledged, and where. */
  List<String> tornEnds() {
    return List.copyOf(tornEnds);
  }
}
