package app.headlight.fuzz;

import app.headlight.services.models.Drafts;
import app.headlight.services.models.ModelDraft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A zip that somebody uploads: only files of a model may come out of it, in their folder, and nothing if it is refused. */
public final class ZipTarget {

    /** Bytes of all files together: enough for the smallest models, and less than a bomb has. */
    private static final long MOST = 1 << 20;

    private static final Path PLACE = place();

    private ZipTarget() {}

    private static Path place() {
        try {
            Path place = Files.createTempDirectory("headlight-zip");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> place.toFile().delete()));
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fuzzer calls this first. */
    public static void fuzzerInitialize() {
        Reading.warmUp(ZipTarget::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Reading.tryOn(input, ZipTarget::read);
    }

    private static void read(byte[] input) throws IOException {
        Path folder = Files.createDirectory(PLACE.resolve("model"));
        boolean taken = false;
        try (ModelDraft draft = Drafts.of(folder, MOST)) {
            try {
                draft.take("model.zip", new ByteArrayInputStream(input));
                taken = true;
            } finally {
                check(folder, draft, taken);
            }
        } finally {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new IllegalStateException("the draft left its folder");
            }
        }
    }

    private static void check(Path folder, ModelDraft draft, boolean taken) throws IOException {
        Map<String, Long> there = new TreeMap<>();
        try (Stream<Path> files = Files.walk(PLACE)) {
            for (Path file : files.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                if (!file.startsWith(folder) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IllegalStateException(file + " came out of the zip");
                }
                there.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        if (!there.equals(new TreeMap<>(draft.files()))) {
            throw new IllegalStateException("in the folder are " + there + ", named are " + draft.files());
        }
        if (!taken && !there.isEmpty()) {
            throw new IllegalStateException("a refused zip left " + there);
        }
        long bytes = there.values().stream().mapToLong(Long::longValue).sum();
        if (bytes > MOST) {
            throw new IllegalStateException("the zip gave " + bytes + " bytes");
        }
    }
}
