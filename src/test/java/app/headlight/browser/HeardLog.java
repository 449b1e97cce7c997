package app.headlight.browser;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** The warnings and errors that the server, which runs in the same process, writes into its log. */
final class HeardLog implements AutoCloseable {

    /**
     * What the libraries write when a page is left while it is being answered, since its socket is closed then; and when
     * somebody signs out in one window while another of theirs is open: the other's next request is of the session that
     * has ended, and it is told to load itself anew (PeopleIT.signingOutInOneWindowEndsTheOther).
     */
    private static final List<String> LEFT_PAGES = List.of(
            "Invalid security key received",
            "Message will not be sent because the WebSocket session has been closed",
            "AtmosphereResponseImpl: AtmosphereResponse for",
            "is an invalid state for called method",
            "Failed to cancel resource",
            "Broken pipe",
            "Connection reset by peer");

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> ear = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
                String message =
                        event.getLoggerName() + ": " + event.getFormattedMessage() + thrown(event.getThrowableProxy());
                if (LEFT_PAGES.stream().noneMatch(message::contains)) {
                    heard.add(message);
                }
            }
        }
    };

    HeardLog() {
        ear.setContext((ch.qos.logback.classic.LoggerContext) LoggerFactory.getILoggerFactory());
        ear.start();
        root().addAppender(ear);
    }

    /** What has been written since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(heard);
        heard.removeAll(taken);
        return taken;
    }

    private static String thrown(IThrowableProxy thrown) {
        if (thrown == null) {
            return "";
        }
        StringBuilder words = new StringBuilder(" ")
                .append(thrown.getClassName())
                .append(": ")
                .append(thrown.getMessage());
        var frames = thrown.getStackTraceElementProxyArray();
        for (int i = 0; i < Math.min(12, frames.length); i++) {
            words.append("\n    ").append(frames[i]);
        }
        return words.append(thrown.getCause() == null ? "" : "\n  by" + thrown(thrown.getCause()))
                .toString();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @Override
    public void close() {
        root().detachAppender(ear);
    }
}
