package app.headlight.web.errors;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs an error in one line, with the places in the program that it passed; the level debug has the whole trace. So
 * nobody can fill the log, and with it the disk, from outside.
 */
public final class Faults {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final String OWN = "app.headlight.";
    private static final int PLACES = 4;
    private static final int LONGEST = 300;

    private Faults() {}

    /** @param where the request */
    public static void tell(String where, Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String places = Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OWN))
                .limit(PLACES)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < "));
        LOG.error("{}: {}{}", oneLine(where), oneLine(cause.toString()), places.isEmpty() ? "" : " at " + places);
        LOG.debug("the whole trace", fault);
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}]+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
