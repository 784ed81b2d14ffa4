package dev.kagami.transport.grpc;

import com.sun.management.OperatingSystemMXBean;
import dev.kagami.core.AtTheRim;
import java.lang.management.ManagementFactory;
import org.vdaas.vald.api.v1.payload.Info;

/**
 * The limits and the use of the control group this process runs in, as the virtual machine knows
 * them; without a group, those of the machine. Thread-safe; reads no more than some small files.
 */
@AtTheRim("only the virtual machine knows its control group, and tells it by this class")
final class ResourceUse {
  private final OperatingSystemMXBean system =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** The processor's use is that since the last question, roughly. */
  Info.CgroupStats now() {
    double cores = system.getAvailableProcessors();
    long memory = system.getTotalMemorySize();
    return Info.CgroupStats.newBuilder()
        .setCpuLimitCores(cores)
        .setCpuUsageCores(cores * Math.max(0, system.getCpuLoad())) // below 0 if not known yet
        .setMemoryLimitBytes(memory)
        .setMemoryUsageBytes(memory - system.getFreeMemorySize())
        .build();
  }
}
