package app.headlight.ground.storage;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Decides for the connection pool which errors end a connection. After H2 has closed itself, as it does on a full disk,
 * its connections must not be used any more: even rolling back may never return.
 */
public final class BrokenConnections implements SQLExceptionOverride {

    /** H2's codes for a database that has been closed. */
    private static final Set<Integer> CLOSED = Set.of(90098, 90121);

    @java.lang.Override
    public Override adjudicate(SQLException failed) {
        return isBroken(failed) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }

    /** Whether after an error H2's connections must not be used. */
    static boolean isBroken(SQLException failed) {
        boolean h2 = failed.getClass().getName().startsWith("org.h2.");
        return h2 && (CLOSED.contains(failed.getErrorCode()) || DiskFullException.isReasonOf(failed));
    }
}
