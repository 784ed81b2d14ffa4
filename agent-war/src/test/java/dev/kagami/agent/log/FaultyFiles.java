package dev.kagami.agent.log;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.io.SequentialFile;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFile;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;

/** A journal's files, one of whose writes goes wrong, and all after it if the disk is at fault. */
final class FaultyFiles extends NIOSequentialFileFactory {

  /** What goes wrong. */
  enum Fault {
    /** Half of it is written, then the disk fails. */
    SHORT_WRITE,
    /** Nothing can be written any more. */
    FULL_DISK,
    /** It is written, but nothing can be forced to disk any more. */
    FAILED_FSYNC,
    /** It is written with one bit changed, and nobody notices. */
    FLIPPED_BIT
  }

  private final Fault fault;
  private final AtomicInteger left;

  /**
   * @param left how many writes go well
   */
  FaultyFiles(File folder, Fault fault, AtomicInteger left) {
    super(folder, true, 1 << 20, 500_000, 1, false);
    this.fault = fault;
    this.left = left;
  }

  @Override
  public SequentialFile createSequentialFile(String name) {
    return new NIOSequentialFile(this, journalDir, name, 1) {
      @Override
      public void writeDirect(ByteBuffer bytes, boolean sync) throws Exception {
        int before = left.getAndDecrement();
        if (before == 0) {
          strike(bytes);
        } else if (before < 0 && fault != Fault.FLIPPED_BIT && fault != Fault.FAILED_FSYNC) {
          throw new IOException("no space left");
        }
        super.writeDirect(bytes, sync);
      }

      @Override
      public void blockingWriteDirect(ByteBuffer bytes, boolean sync, boolean release)
          throws Exception {
        int before = left.getAndDecrement();
        if (before == 0) {
          strike(bytes);
        } else if (before < 0 && fault != Fault.FLIPPED_BIT && fault != Fault.FAILED_FSYNC) {
          throw new IOException("no space left");
        }
        super.blockingWriteDirect(bytes, sync, release);
      }

      private void strike(ByteBuffer bytes) throws IOException {
        switch (fault) {
          case SHORT_WRITE -> {
            var half = bytes.duplicate();
            half.limit(half.position() + half.remaining() / 2);
            int _ = channel.write(half);
            throw new IOException("written by half");
          }
          case FULL_DISK -> throw new IOException("no space left");
          case FLIPPED_BIT -> {
            int at = bytes.position() + bytes.remaining() / 2;
            bytes.put(at, (byte) (bytes.get(at) ^ 8));
          }
          case FAILED_FSYNC -> {}
        }
      }

      @Override
      protected void syncChannel(FileChannel channel) throws IOException {
        if (fault == Fault.FAILED_FSYNC && left.get() < 0) {
          throw new IOException("the disk is broken");
        }
        super.syncChannel(channel);
      }
    };
  }
}
