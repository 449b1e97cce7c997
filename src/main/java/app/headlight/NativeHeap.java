package app.headlight;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Gives memory that native code has freed back to the system: glibc keeps what tokenizers and matrices once used. It
 * uses the JDK's {@code System.trim_native_heap}, which only exists on Linux; elsewhere it does nothing.
 */
@Component
class NativeHeap {

    private static final Logger LOG = System.getLogger(NativeHeap.class.getName());

    private final MBeanServer jdk = ManagementFactory.getPlatformMBeanServer();
    private final ObjectName commands;
    private volatile boolean trims = true;

    NativeHeap() throws MalformedObjectNameException {
        commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
    }

    @Scheduled(fixedDelay = 20_000)
    void trim() {
        if (trims) {
            trims = trimmed();
        }
    }

    /** Whether this JDK and system have that command. */
    boolean trimmed() {
        try {
            jdk.invoke(commands, "systemTrimNativeHeap", new Object[0], new String[0]);
            return true;
        } catch (InstanceNotFoundException | ReflectionException notHere) {
            return false;
        } catch (JMException failed) {
            LOG.log(Level.WARNING, "freed native memory cannot be given back: {0}", failed.getMessage());
            return false;
        }
    }
}
