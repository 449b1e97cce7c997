package app.headlight.web.circuits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CircuitsStateTest {

    @Test
    void theAddressGivesTheStateBack() {
        CircuitsState state = new CircuitsState(Map.of())
                .withModel("a b&c")
                .withStep(40)
                .withHead("L1H2")
                .withToken(7, "output")
                .with(CircuitsState.ON, "text")
                .with(CircuitsState.TEXT, "über “x=1&y” +1 %\n🙂");
        assertThat(state.address())
                .startsWith("circuits?model=a%20b%26c&step=40&head=L1H2&token=7&role=output&on=text");
        assertThat(new CircuitsState(parameters(state.address()))).isEqualTo(state);
        assertThat(state.step()).isEqualTo(40);
        assertThat(state.token()).isEqualTo(7);
    }

    @Test
    void whatCannotBeReadIsNone() {
        CircuitsState state = new CircuitsState(Map.of("step", "soon", "token", "-3", "model", "", "utm_source", "x"));
        assertThat(state.step()).isEqualTo(-1);
        assertThat(state.token()).isEqualTo(-1);
        assertThat(state.get(CircuitsState.MODEL)).isEmpty();
        assertThat(state.address()).doesNotContain("utm_source");
    }

    @Test
    void anotherModelKeepsTheTextAndForgetsWhatWasSelected() {
        CircuitsState state = new CircuitsState(Map.of("model", "a", "head", "L0H1", "edge", "x", "on", "unseen"));
        assertThat(state.withModel("b")).isEqualTo(new CircuitsState(Map.of("model", "b", "on", "unseen")));
    }

    private static Map<String, String> parameters(String address) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : address.substring(address.indexOf('?') + 1).split("&")) {
            String[] parts = parameter.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
