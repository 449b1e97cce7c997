package app.headlight.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void isReadInItsParts() {
        Address address = Address.of("findings/12?by=Ada%20L&by=other&find=a%2Bb#said");
        assertThat(address.page()).isEqualTo("findings");
        assertThat(Address.number(address.rest())).hasValue(12);
        assertThat(address.parameters()).containsExactly(Map.entry("by", "Ada L"), Map.entry("find", "a+b"));
        assertThat(Address.of("findings?").pairs()).isEmpty();
        assertThat(Address.of("").page()).isEmpty();
    }

    @Test
    void keepsWhatStandsThereEvenIfItIsNoParameter() {
        for (String written : List.of("explore?model=a&&x&=b&text=50%", "explore?text=~7kQ", "explore?text=%7E7kQ")) {
            assertThat(Address.of(written)).hasToString(written);
        }
        assertThat(Address.of("explore?x&=b&text=50%").parameters()).containsExactly(Map.entry("text", "50%"));
    }

    @Test
    void aValueIsEscapedSoThatItCanBePastedAnywhere() {
        Parameter<String> find = Parameter.text("find");
        Address empty = new Address("models", List.of());
        assertThat(empty.with(find, "a b&c=~1+1 %\n🙂"))
                .hasToString("models?find=a%20b%26c%3D%7E1%2B1%20%25%0A%F0%9F%99%82");
        assertThat(Address.of(empty.with(find, "a b&c=~1+1 %\n🙂").toString()).parameter("find"))
                .isEqualTo("a b&c=~1+1 %\n🙂");
        assertThat(empty.with(find, "")).as("the usual value").isEqualTo(empty);
    }
}
