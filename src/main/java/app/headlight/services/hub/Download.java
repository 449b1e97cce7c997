package app.headlight.services.hub;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file, piece by piece. After a cut it continues behind what has come, if the other end still has the same
 * file, and begins again if not. At the end the checksum of the whole is compared with the hub's.
 */
final class Download {

    /** So many cuts in a row end it. */
    private static final int MOST_CUTS = 6;

    /** Bytes after which cuts are counted anew. */
    private static final long A_GOOD_PIECE = 1 << 20;

    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

    private final HubHttp http;
    private final HubFaults faults;
    private final HubModel model;
    private final HubFile file;
    private final LongConsumer arrived;
    private final byte[] buffer = new byte[1 << 16];
    private MessageDigest digest;
    private long have;
    private @Nullable String tag;

    /** @param arrived is told how much of the file is there, after every piece */
    Download(HubHttp http, HubFaults faults, HubModel model, HubFile file, LongConsumer arrived) {
        this.http = http;
        this.faults = faults;
        this.model = model;
        this.file = file;
        this.arrived = arrived;
        this.digest = file.sum().begin(file.bytes());
    }

    /**
     * Writes the file.
     *
     * @param pause the time after the first cut; doubled with every further one
     * @throws Refusal if the hub does not give it, or gives another one than it says
     * @throws IOException if it cannot be written
     */
    void to(Path path, Duration pause) throws IOException, InterruptedException {
        try (FileChannel out = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            int cuts = 0;
            while (have < file.bytes()) {
                long before = have;
                try {
                    some(out);
                } catch (CutException cut) {
                    cuts = have - before >= A_GOOD_PIECE ? 1 : cuts + 1;
                    if (cuts == MOST_CUTS) {
                        throw new Refusal(called() + " was cut off " + cuts + " times, at last after " + have + " of "
                                + file.bytes() + " bytes: " + cut.getMessage() + ". Try again later.");
                    }
                    Thread.sleep(pause.multipliedBy(1L << (cuts - 1)));
                }
            }
            out.force(true);
        }
        if (!file.sum().is(digest)) {
            throw new Refusal(called() + " has not the checksum that the hub says, " + file.sum()
                    + "; nothing of it was kept. Try again later.");
        }
    }

    /** One question, and what comes until it is all there or cut off. */
    private void some(FileChannel out) throws IOException {
        try (Answer answer = http.get(path(model.name(), model.commit(), file.name()), range())) {
            switch (answer.status()) {
                case 200 -> begin(out, answer);
                case 206 -> checkRange(answer);
                case 416 -> {
                    forget(out);
                    throw new CutException(answer.host() + " does not continue the file");
                }
                default -> {
                    if (HubFaults.passes(answer)) {
                        throw new CutException(answer.host() + " answers " + answer.status());
                    }
                    throw faults.refused(answer, model.name(), file.name());
                }
            }
            copy(out, answer);
        }
    }

    static String path(HubName name, String commit, String file) {
        return "/" + name.name() + "/resolve/" + commit + "/" + file;
    }

    private Map<String, String> range() {
        Map<String, String> headers = new LinkedHashMap<>();
        if (have > 0) {
            headers.put("Range", "bytes=" + have + "-");
            if (tag != null) {
                headers.put("If-Range", tag);
            }
        }
        return headers;
    }

    private void begin(FileChannel out, Answer answer) throws IOException {
        forget(out);
        String given = answer.header("Content-Length");
        if (given != null && !given.equals(Long.toString(file.bytes()))) {
            throw new Refusal(
                    called() + " has " + given + " bytes at " + answer.host() + "; the hub says " + file.bytes());
        }
        String said = answer.header("ETag");
        tag = said != null && said.matches("\"[!#-~]*\"") ? said : null; // a weak one promises too little
    }

    private void forget(FileChannel out) throws IOException {
        out.truncate(0);
        out.position(0);
        digest = file.sum().begin(file.bytes());
        have = 0;
        arrived.accept(0);
    }

    private void checkRange(Answer answer) throws CutException {
        String given = answer.header("Content-Range");
        Matcher range = RANGE.matcher(given == null ? "" : given);
        boolean isRight = have > 0
                && range.matches()
                && range.group(1).equals(Long.toString(have))
                && (range.group(2).equals("*") || range.group(2).equals(Long.toString(file.bytes())));
        if (!isRight) {
            throw new CutException(answer.host() + " continues the file at another place than asked: " + given);
        }
    }

    private void copy(FileChannel out, Answer answer) throws IOException {
        while (true) {
            int read = answer.read(buffer, buffer.length);
            if (read < 0) {
                break;
            }
            if (read > file.bytes() - have) {
                throw new Refusal(called() + " is longer than the " + file.bytes() + " bytes that the hub says");
            }
            ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read);
            while (piece.hasRemaining()) {
                out.write(piece);
            }
            digest.update(buffer, 0, read);
            have += read;
            arrived.accept(have);
        }
        if (have < file.bytes()) {
            throw new CutException(answer.host() + " ended the connection too early");
        }
    }

    private String called() {
        return file.name() + " of " + model.name().name();
    }
}
