package app.headlight.web.models;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.web.models.CompareState.Order;
import app.headlight.web.view.Address;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompareStateTest {

    @Test
    void everyPartSurvivesTheAddress() {
        CompareState pair = CompareState.FIRST
                .withModels("a", "b 2")
                .withSpace(Space.UNEMBEDDING)
                .withOrder(Order.LEAST)
                .withToken("·cat & dog")
                .withFind("50 %");
        assertThat(read(pair.address())).isEqualTo(pair);
        CompareState alone = CompareState.FIRST.withModels("a", "").withToken("⏎");
        assertThat(read(alone.address())).isEqualTo(alone);
        assertThat(alone.address()).isEqualTo("models?compare=a&token=%E2%8F%8E");
    }

    @Test
    void whatIsNotThereOrUnreadableIsTheUsual() {
        assertThat(CompareState.of(Map.of())).isEqualTo(CompareState.FIRST);
        assertThat(CompareState.FIRST.first() + CompareState.FIRST.second()).isEmpty();
        CompareState odd = CompareState.of(Map.of("space", "wide", "order", "odd"));
        assertThat(odd.space()).isEqualTo(Space.EMBEDDING);
        assertThat(odd.order()).isEqualTo(Order.MOST);
        assertThat(odd.query().notices())
                .hasSize(2)
                .anyMatch(said -> said.contains("space=wide"))
                .anyMatch(said -> said.contains("order=odd"));
        assertThat(odd.readable()).isEqualTo(CompareState.FIRST);
    }

    private static CompareState read(String address) {
        return CompareState.of(Address.of(address).parameters());
    }
}
