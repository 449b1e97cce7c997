package app.headlight.ground.storage;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.transaction.TransactionSystemException;

/** Thrown when nothing was stored because the disk of the database has no room. */
public final class DiskFullException extends NonTransientDataAccessResourceException {

    private static final long serialVersionUID = 1;

    /** For people. */
    public static final String IN_WORDS =
            "The disk of this server's database is full, so that nothing was stored. Try again once there is room.";

    /** The SQL state for it, the same as PostgreSQL's. */
    static final String STATE = "53100";

    DiskFullException(SQLException cause) {
        super(IN_WORDS, cause);
    }

    /** Whether something failed for that reason, however it was wrapped. */
    public static boolean isReasonOf(@Nullable Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransactionSystemException rollback
                    && isReasonOf(rollback.getApplicationException())) {
                return true; // even rolling back failed
            }
            if (cause instanceof DiskFullException
                    || cause instanceof SQLException sql && STATE.equals(sql.getSQLState())
                    || saysSo(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    /** The messages of Linux and macOS, of quotas, and of Windows, which Java does not change. */
    private static boolean saysSo(@Nullable String message) {
        return message != null
                && (message.contains("No space left on device")
                        || message.contains("Disk quota exceeded")
                        || message.contains("not enough space on the disk"));
    }
}
