package app.headlight.web.circuits;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.web.view.Address;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CircuitsStateTest {

    @Test
    void theAddressGivesTheStateBack() {
        CircuitsState state = CircuitsState.FIRST
                .withModel("a b&c")
                .withStep(40)
                .withHead("L1H2")
                .withToken(7, CircuitsState.Role.OUTPUT)
                .with(CircuitsState.ON, CircuitsState.On.TEXT)
                .with(CircuitsState.TEXT, "über “x=1&y” +1 %\n🙂");
        assertThat(state.address())
                .startsWith("circuits?model=a%20b%26c&step=40&head=L1H2&token=7&role=output&on=text");
        assertThat(CircuitsState.of(Address.of(state.address()).parameters())).isEqualTo(state);
        assertThat(state.step()).isEqualTo(40);
        assertThat(state.token()).isEqualTo(7);
    }

    @Test
    void whatCannotBeReadIsNone() {
        CircuitsState state = CircuitsState.of(Map.of("step", "soon", "token", "-3", "model", "", "utm_source", "x"));
        assertThat(state.step()).isEqualTo(-1);
        assertThat(state.token()).isEqualTo(-1);
        assertThat(state.get(CircuitsState.MODEL)).isEmpty();
        assertThat(state.address()).doesNotContain("utm_source");
        assertThat(state.query().notices())
                .containsExactly(
                        "The address says step=soon, which is not a value of it; none is used.",
                        "The address says token=-3, which is not a value of it; none is used.");
        assertThat(state.readable()).isEqualTo(CircuitsState.FIRST);
    }

    @Test
    void anotherModelKeepsTheTextAndForgetsWhatWasSelected() {
        CircuitsState state = CircuitsState.of(Map.of("model", "a", "head", "L0H1", "edge", "x", "on", "unseen"));
        assertThat(state.withModel("b")).isEqualTo(CircuitsState.of(Map.of("model", "b", "on", "unseen")));
    }
}
