package dev.kagami.core.store;

import java.util.Optional;

/**
 * What comes with a call beside its message, and what goes back beside the answer, by names such as
 * {@code kagami-mode}. May be used from any thread; what is told after the answer is lost.
 */
public interface CallMetadata {
  /** Nothing comes, and nobody hears. */
  CallMetadata NONE =
      new CallMetadata() {
        @Override
        public Optional<String> asked(String name) {
          return Optional.empty();
        }

        @Override
        public void tell(String name, String value) {}
      };

  /** What the caller asks for under this name. */
  Optional<String> asked(String name);

  /**
   * Tells the caller something, with the answer or the error.
   *
   * @param value printable ASCII; a name may be told several values
   */
  void tell(String name, String value);

  /** The same for a part of a call: what it asks for holds, what it would be told is not told. */
  default CallMetadata ofAPart() {
    var whole = this;
    return new CallMetadata() {
      @Override
      public Optional<String> asked(String name) {
        return whole.asked(name);
      }

      @Override
      public void tell(String name, String value) {}
    };
  }
}
