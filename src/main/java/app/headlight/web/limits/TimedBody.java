package app.headlight.web.limits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as it arrives. If it arrives slower than {@link #LEAST_PER_SECOND} for longer than
 * {@link #GRACE}, its connection is closed; otherwise the sender could keep it open for ever.
 */
final class TimedBody implements InputBuffer {

    static final Duration GRACE = Duration.ofSeconds(20);

    /** Bytes; a very slow line has four times as much. */
    static final int LEAST_PER_SECOND = 1024;

    private final BiConsumer<ActionCode, @Nullable Object> connection;
    private final InputBuffer network;
    private final LongSupplier clock;
    private final long begun;
    private long received;

    TimedBody(Request request) {
        this(request.getInputBuffer(), request::action, System::nanoTime);
    }

    /**
     * @param connection is told what to do
     * @param clock in nanoseconds
     */
    TimedBody(InputBuffer network, BiConsumer<ActionCode, @Nullable Object> connection, LongSupplier clock) {
        this.network = network;
        this.connection = connection;
        this.clock = clock;
        this.begun = clock.getAsLong();
    }

    InputBuffer network() {
        return network;
    }

    @Override
    public int doRead(ApplicationBufferHandler to) throws IOException {
        int count = network.doRead(to);
        received += Math.max(0, count);
        double late = (clock.getAsLong() - begun) / 1e9 - GRACE.toSeconds();
        if (count > 0 && late > 0 && received < late * LEAST_PER_SECOND) {
            connection.accept(ActionCode.CLOSE_NOW, null);
            throw new IOException("after " + received + " bytes the body came too slowly");
        }
        return count;
    }

    @Override
    public int available() {
        return network.available();
    }

    /**
     * Reads all of it.
     *
     * @return null if there are more bytes than {@code most}
     */
    byte @Nullable [] readAll(long most) throws IOException {
        connection.accept(ActionCode.ACK, ContinueResponseTiming.ALWAYS);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Chunk chunk = new Chunk();
        while (doRead(chunk) >= 0) {
            ByteBuffer bytes = chunk.getByteBuffer();
            if (all.size() + bytes.remaining() > most) {
                return null;
            }
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            all.writeBytes(copy);
        }
        return all.toByteArray();
    }

    /** Reads on to the end and keeps nothing, so that its sender comes to read the answer; for so many bytes at most. */
    void drain(long most) {
        try {
            Chunk chunk = new Chunk();
            for (long drained = 0; drained < most; ) {
                int count = doRead(chunk);
                if (count < 0) {
                    return;
                }
                drained += count;
            }
        } catch (IOException gone) {
            // nobody receives the answer
        }
        connection.accept(ActionCode.DISABLE_SWALLOW_INPUT, null);
    }

    /** A body that has been read already. */
    static InputBuffer of(byte[] bytes) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        return new InputBuffer() {
            @Override
            public int doRead(ApplicationBufferHandler to) {
                if (!left.hasRemaining()) {
                    return -1;
                }
                to.setByteBuffer(left.duplicate());
                int count = left.remaining();
                left.position(left.limit());
                return count;
            }

            @Override
            public int available() {
                return left.remaining();
            }
        };
    }

    /** Takes the bytes that have arrived. */
    private static final class Chunk implements ApplicationBufferHandler {

        private ByteBuffer bytes = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            bytes = buffer;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {
            // the network's own buffer is given
        }
    }
}
