package app.headlight.web.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.junit.jupiter.api.Test;

class TimedBodyTest {

    private final AtomicLong clock = new AtomicLong(5);
    private final List<ActionCode> actions = new ArrayList<>();

    @Test
    void aBodyThatDripsInIsGivenUpAndItsConnectionClosed() {
        TimedBody slow = body(1, Duration.ofSeconds(5));
        assertThatThrownBy(() -> slow.readAll(1_000_000))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("slowly");
        assertThat(actions).endsWith(ActionCode.CLOSE_NOW);
        assertThat(Duration.ofNanos(clock.get())).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void aSlowLineIsGivenItsTime() throws IOException {
        TimedBody slow = body(4_096, Duration.ofSeconds(1));
        assertThat(slow.readAll(10_000_000)).hasSize(4_096 * 100);
        assertThat(actions).doesNotContain(ActionCode.CLOSE_NOW);
    }

    /** A hundred times so many bytes, each time after so long. */
    private TimedBody body(int bytes, Duration apart) {
        InputBuffer network = new InputBuffer() {
            private int given;

            @Override
            public int doRead(ApplicationBufferHandler to) {
                clock.addAndGet(apart.toNanos());
                to.setByteBuffer(ByteBuffer.allocate(bytes));
                return given++ < 100 ? bytes : -1;
            }

            @Override
            public int available() {
                return bytes;
            }
        };
        return new TimedBody(network, (code, parameter) -> actions.add(code), clock::get);
    }
}
