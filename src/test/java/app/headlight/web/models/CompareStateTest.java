package app.headlight.web.models;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.web.models.CompareState.Order;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CompareStateTest {

    @Test
    void everyPartSurvivesTheAddress() {
        CompareState pair = new CompareState("a", "b 2", Space.UNEMBEDDING, Order.LEAST, "·cat & dog", "50 %");
        assertThat(read(pair.address())).isEqualTo(pair);
        CompareState alone = new CompareState("a", "", Space.EMBEDDING, Order.MOST, "⏎", "");
        assertThat(read(alone.address())).isEqualTo(alone);
        assertThat(alone.address()).isEqualTo("models?compare=a&token=%E2%8F%8E");
    }

    @Test
    void whatIsNotThereOrUnreadableIsTheUsual() {
        CompareState usual = new CompareState("", "", Space.EMBEDDING, Order.MOST, "", "");
        assertThat(CompareState.of(Map.of())).isEqualTo(usual);
        assertThat(CompareState.of(Map.of("space", "wide", "order", "odd"))).isEqualTo(usual);
    }

    private static CompareState read(String address) {
        return CompareState.of(Arrays.stream(
                        address.substring(address.indexOf('?') + 1).split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
    }
}
