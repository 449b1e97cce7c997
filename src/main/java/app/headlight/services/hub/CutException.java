package app.headlight.services.hub;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;

/** Thrown where the network, or whoever is at its other end, did not do its part; another try may be luckier. */
final class CutException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param reason for people, with the host that it is about */
    CutException(String reason) {
        super(reason);
    }

    private CutException(String reason, IOException cause) {
        super(reason, cause);
    }

    static CutException of(String host, IOException why) {
        return why instanceof CutException cut ? cut : new CutException(host + " " + words(why), why);
    }

    private static String words(IOException why) {
        return switch (why) {
            case SocketTimeoutException slow -> "does not answer";
            case UnknownHostException unknown -> "is not known to the network";
            case ConnectException refused -> "takes no connection";
            case EOFException early -> "ended the connection too early";
            default -> "cannot be read: " + Objects.requireNonNullElse(why.getMessage(), why.toString());
        };
    }

    /** The reason; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
