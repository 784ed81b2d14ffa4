package dev.kagami.cli.vectors;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.kagami.cli.CommandFailure;
import dev.kagami.cli.admin.AdminRest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Has a gateway empty one of its agents. Thread-safe. */
final class AgentDrain implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final AdminRest gateway;

  /**
   * @param gatewayUrl of the gateway's HTTP port
   */
  AgentDrain(String gatewayUrl) {
    this.gateway = new AdminRest("gateway", gatewayUrl);
  }

  /**
   * Begins.
   *
   * @throws CommandFailure if the gateway cannot be reached or refuses, with its reason
   */
  void begin(String agent) throws InterruptedException {
    var _ = gateway.put(drain(agent), "");
  }

  /** Takes it back: the agent stays. */
  void cancel(String agent) throws InterruptedException {
    var _ = gateway.delete(drain(agent));
  }

  private static String drain(String agent) {
    return "agents/" + agent + "/drain";
  }

  /** Returns when everything that the agent holds is elsewhere as often as it shall be. */
  void awaitEnd(String agent) throws InterruptedException {
    while (!state(agent).equals("done")) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
    }
  }

  private String state(String agent) throws InterruptedException {
    return gateway
        .json("agents")
        .getStructValue()
        .getFieldsOrDefault("agents", Value.getDefaultInstance())
        .getListValue()
        .getValuesList()
        .stream()
        .map(Value::getStructValue)
        .filter(one -> text(one, "name").equals(agent))
        .map(one -> text(one, "drain"))
        .findFirst()
        .orElseThrow(() -> new CommandFailure("The gateway knows no agent " + agent + "."));
  }

  private static String text(Struct struct, String field) {
    return struct.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
