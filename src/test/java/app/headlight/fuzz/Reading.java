package app.headlight.fuzz;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A reader that is tried on one input, and what every reader must hold to. */
@FunctionalInterface
interface Reading {

    /**
     * What a reader may allocate whatever the size of its input, in bytes: the buffers of libraries, tables of bounded
     * size, and the results of a small input that are larger than its text.
     */
    long BASE = 8L << 20;

    /** What it may allocate beyond that, as a multiple of the size of its input. */
    int FACTOR = 4;

    /** The largest input whose allocations are counted, in bytes. */
    int COUNTED = 1 << 17;

    /** The longest that it may compute, in seconds. */
    int LONGEST = 5;

    void read(byte[] input) throws IOException;

    /**
     * Tries a reader. It may give a result, or refuse the input in words that people see; anything else is a fault.
     *
     * <p>Memory is counted as all bytes that the thread allocates, also those that it drops at once: that is never less
     * than what it holds at any moment, and the same at every run, whereas what is held depends on the garbage collector.
     * An input that allocates too much is read once more, since the first may have loaded classes. In a larger input what
     * is dropped at once, such as the names of fields that are passed over, would be most of the count:
     * {@code DenseInputsTest} reads such inputs in a heap that has no room for more than is allowed. The tokenizer
     * library's own memory is outside of Java's and in neither; the fuzzer watches the memory of the whole process.
     *
     * @throws AssertionError if the reader allocates too much or takes too long
     * @throws RuntimeException that is no {@link Refusal}, from the reader
     */
    static void tryOn(byte[] input, Reading reader) {
        long most = BASE + FACTOR * (long) input.length;
        long allocated = Long.MAX_VALUE;
        for (int again = 0; again < 2 && allocated > most; again++) {
            allocated = allocatedBy(input, reader);
        }
        if (allocated > most && input.length <= COUNTED) {
            throw new AssertionError(String.format(
                    "an input of %,d bytes took %,d bytes of memory; %,d are the most", input.length, allocated, most));
        }
    }

    /** Reads the kept inputs once, since the first ones load classes and their time would say nothing of the reader. */
    static void warmUp(Consumer<byte[]> target) {
        String corpus = System.getProperty("headlight.fuzz.corpus");
        if (corpus == null) {
            return;
        }
        try (Stream<Path> inputs = Files.list(Path.of(corpus))) {
            for (Path input : inputs.toList()) {
                target.accept(Files.readAllBytes(input));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static long allocatedBy(byte[] input, Reading reader) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long began = threads.getCurrentThreadCpuTime();
        try {
            reader.read(input);
        } catch (FileSystemException ofTheServer) {
            throw new AssertionError("the server's files failed, not the input", ofTheServer);
        } catch (Refusal | IOException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw new AssertionError("refused without a word", refused);
            }
        }
        long seconds = (threads.getCurrentThreadCpuTime() - began) / 1_000_000_000;
        if (seconds >= LONGEST) {
            throw new AssertionError("an input of " + input.length + " bytes took " + seconds + " s");
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
