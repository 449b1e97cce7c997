package app.headlight.services.models;

import app.headlight.engine.formats.ShardedWeights;
import app.headlight.engine.refusal.Refusal;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a model that somebody is adding, in a folder of their own until the model is stored; closing it removes
 * them. Files are written as they come, never held whole in memory.
 */
public final class ModelDraft implements AutoCloseable {

    /** The files of a model; others are not used, and said. */
    private static final Set<String> KNOWN = Set.of(
            ModelSource.CONFIG,
            ModelSource.WEIGHTS,
            ShardedWeights.INDEX,
            ModelSource.TOKENIZER,
            ModelSource.TOKENIZER_CONFIG,
            ModelSource.CARD,
            ModelSource.TRAINING,
            ModelSource.TEXT,
            ModelSource.FOLD);

    /** The largest text files, in bytes: they are held in memory, and shown. */
    private static final Map<String, Long> LARGEST = Map.of(
            ModelSource.CONFIG, 1L << 20,
            ModelSource.CARD, 1L << 20,
            ModelSource.FOLD, 1L << 10,
            ModelSource.TRAINING, 8L << 20,
            ModelSource.TEXT, 32L << 20,
            ModelSource.TOKENIZER, 64L << 20,
            ModelSource.TOKENIZER_CONFIG, 8L << 20,
            ShardedWeights.INDEX, 8L << 20);

    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9_.-]{1,100}\\.safetensors");
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoints/[0-9]{1,12}\\.safetensors");
    private static final int MOST_ENTRIES = 2_000;
    private static final int MOST_NAMED = 12;
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final long most;
    private final Map<String, Long> taken = new TreeMap<>(); // guarded by this, and likewise the next
    private final Set<String> unused = new TreeSet<>();
    private final Map<String, Set<String>> brought = new TreeMap<>(); // which of them each given file brought
    private final List<String> refused = new ArrayList<>();
    private long bytes;
    private boolean closed;

    /** @param most bytes of all files together */
    ModelDraft(Path folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    Path folder() {
        return folder;
    }

    /** The files that are there, with their sizes in bytes. */
    public synchronized Map<String, Long> files() {
        return Map.copyOf(taken);
    }

    /** The names of files that no model has, which were left out. */
    public synchronized List<String> unused() {
        return List.copyOf(unused);
    }

    /**
     * Takes a file, or all files of a zip.
     *
     * @param path its name, in front of which may be folders
     * @throws Refusal naming the file, if it may not be taken; nothing of it stays
     * @throws IOException if it breaks off
     */
    public void take(String path, InputStream in) throws IOException {
        Set<String> before = files().keySet();
        boolean whole = false;
        try {
            if (path.toLowerCase(Locale.ROOT).endsWith(".zip")) {
                takeZip(path, in);
            } else {
                takeFile(path, in, new byte[BUFFER]);
            }
            whole = true;
        } finally {
            remember(path, whole, before);
        }
    }

    private synchronized void remember(String path, boolean whole, Set<String> before) {
        if (whole) {
            Set<String> more = new TreeSet<>(taken.keySet());
            more.removeAll(before);
            brought.put(path, more);
        } else {
            refused.add(path);
        }
    }

    /** Takes over the files that something else wrote into the folder. */
    void found() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (isUsed(name)) {
                    long size = Files.size(file);
                    begin(name);
                    count(name, size);
                    end(name, file, size, true);
                }
            }
        }
    }

    /** Gives its files to another folder, which is not there yet. */
    synchronized void moveTo(Path other) throws IOException {
        Files.move(folder, other, StandardCopyOption.ATOMIC_MOVE);
        taken.clear();
        unused.clear();
        bytes = 0;
        Files.createDirectories(folder);
    }

    /** Leaves out what was taken from a file before; nothing, if such a file was refused since. */
    public synchronized void leaveOut(String path) throws IOException {
        if (refused.remove(path)) {
            return;
        }
        Set<String> names = brought.remove(path);
        for (String name : names == null ? Set.<String>of() : names) {
            remove(name);
        }
        unused.remove(name(path));
    }

    private synchronized void remove(String name) throws IOException {
        Long size = taken.remove(name);
        if (size != null) {
            bytes -= size;
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    /** A stream that whoever opened it goes on with. */
    private static final class LeftOpen extends FilterInputStream {

        LeftOpen(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // not ours
        }
    }

    private void takeZip(String path, InputStream in) throws IOException {
        Set<String> before = files().keySet();
        boolean whole = false;
        try {
            unpack(path, in);
            whole = true;
        } finally {
            if (!whole) {
                for (String name : files().keySet()) {
                    if (!before.contains(name)) {
                        remove(name);
                    }
                }
            }
        }
    }

    private void unpack(String path, InputStream in) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new LeftOpen(in))) {
            int entries = 0;
            byte[] buffer = new byte[BUFFER];
            for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
                if (++entries > MOST_ENTRIES) {
                    throw new Refusal(path + " has more than " + MOST_ENTRIES + " files");
                }
                if (!entry.isDirectory()) {
                    takeFile(entry.getName(), new LeftOpen(zip), buffer);
                }
            }
            if (entries == 0) {
                throw new Refusal(path + " is not a zip file, or has no files in it");
            }
        } catch (ZipException
                | EOFException
                | IllegalArgumentException broken) { // the last for names that are no UTF-8
            throw new Refusal(path + " cannot be unpacked: " + broken.getMessage(), broken);
        }
    }

    private void takeFile(String path, InputStream in, byte[] buffer) throws IOException {
        String name = name(path);
        if (name.startsWith(".") || path.startsWith("__MACOSX/")) {
            return; // what systems of files leave behind
        }
        if (!isUsed(name)) {
            note(name);
            return;
        }
        Path file = begin(name);
        boolean whole = false;
        long written = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n; (n = in.read(buffer)) > 0; ) {
                count(name, n);
                written += n;
                refuseLarge(name, written);
                out.write(buffer, 0, n);
            }
            whole = true;
        } finally {
            end(name, file, written, whole);
        }
    }

    private static void refuseLarge(String name, long bytes) {
        long largest = LARGEST.getOrDefault(name, Long.MAX_VALUE);
        if (bytes > largest) {
            throw new Refusal(name + " has more than " + (largest >> 10) + " kB, which is the most that is read");
        }
    }

    private synchronized void note(String name) {
        if (unused.size() < MOST_NAMED) {
            unused.add(name);
        }
    }

    private static boolean isUsed(String name) {
        return KNOWN.contains(name)
                || SHARD.matcher(name).matches()
                || CHECKPOINT.matcher(name).matches();
    }

    /** The name of a file in a model's folder: the last part of its path, or of a checkpoint the last two. */
    private static String name(String path) {
        String plain = path.replace('\\', '/');
        if (plain.startsWith("/") || plain.matches("[A-Za-z]:.*") || ("/" + plain + "/").contains("/../")) {
            throw new Refusal("“" + path + "” leads out of the model's folder");
        }
        int last = plain.lastIndexOf('/');
        int before = plain.lastIndexOf('/', last - 1);
        return last > 0 && plain.substring(before + 1, last).equals("checkpoints")
                ? plain.substring(before + 1)
                : plain.substring(last + 1);
    }

    private synchronized Path begin(String name) throws IOException {
        checkOpen();
        if (taken.putIfAbsent(name, 0L) != null) {
            throw new Refusal(name + " is given twice; give the files of one model, and each once");
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    private synchronized void count(String name, long more) {
        checkOpen();
        bytes += more;
        if (bytes > most) {
            throw new Refusal(name + " makes the model larger than " + (most >> 20)
                    + " MB, which is the most that may be added here");
        }
    }

    private synchronized void end(String name, Path file, long written, boolean whole) throws IOException {
        if (whole) {
            taken.put(name, written);
        } else {
            taken.remove(name);
            bytes -= written;
            Files.deleteIfExists(file);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new Refusal("The page on which these files were given was left; give them again");
        }
    }

    /** Why these files are no model yet; null if they may be one. */
    public synchronized @Nullable String missing() {
        if (!taken.containsKey(ModelSource.CONFIG)) {
            return taken.isEmpty() && unused.isEmpty()
                    ? "Give the files of a model first."
                    : ModelSource.CONFIG + " is missing.";
        }
        boolean weights = taken.keySet().stream().anyMatch(name -> name.endsWith(".safetensors"));
        return weights
                ? null
                : ModelSource.WEIGHTS + " is missing"
                        + (unused.isEmpty()
                                ? "."
                                : "; of other kinds of files, such as "
                                        + unused.iterator().next() + ", no weights are read.");
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            removeAll(folder);
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    /** Removes a folder with all that is in it; links are removed, not followed. */
    static void removeAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all = new ArrayList<>();
        try (Stream<Path> inside = Files.walk(folder)) {
            inside.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
