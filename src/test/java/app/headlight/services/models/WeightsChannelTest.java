package app.headlight.services.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightsChannelTest {

    private final byte[] file = new byte[23];

    {
        for (int i = 0; i < file.length; i++) {
            file[i] = (byte) i;
        }
    }

    private final WeightsChannel channel =
            new WeightsChannel(file.length, 5, part -> Arrays.copyOfRange(file, part * 5, Math.min(23, part * 5 + 5)));

    @Test
    void readsAcrossPartsFromAnyPlace() throws IOException {
        for (int from = 0; from < file.length; from++) {
            ByteBuffer out = ByteBuffer.allocate(file.length - from);
            channel.position(from);
            while (out.hasRemaining()) {
                assertThat(channel.read(out)).isPositive();
            }
            assertThat(out.array()).isEqualTo(Arrays.copyOfRange(file, from, file.length));
        }
    }

    @Test
    void theEndIsTheEnd() throws IOException {
        channel.position(23);
        assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(channel.size()).isEqualTo(23);
    }

    @Test
    void aPartThatIsTooShortIsAnError() {
        WeightsChannel torn = new WeightsChannel(10, 5, part -> new byte[2]);
        torn.position(4);
        assertThatThrownBy(() -> torn.read(ByteBuffer.allocate(1))).hasMessageContaining("part 0");
    }

    @Test
    void aClosedChannelGivesNothing() {
        channel.close();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
    }
}
