package app.headlight.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbedAddressTest {

    @Test
    void exploreAndCircuitsHaveAFormToEmbed() {
        assertThat(EmbedAddress.of("explore?model=a&heads=L1H3#x")).contains("embed?model=a&heads=L1H3");
        assertThat(EmbedAddress.of("circuits?model=a")).contains("embed?page=circuits&model=a");
        assertThat(EmbedAddress.of("circuits")).contains("embed?page=circuits");
        assertThat(EmbedAddress.of("embed?model=a")).contains("embed?model=a");
        // The page of patching is a panel of Explore.
        assertThat(EmbedAddress.of("patching?model=a&other=b")).contains("embed?part=patching&model=a&other=b");
        assertThat(EmbedAddress.of("models")).isEmpty();
        assertThat(EmbedAddress.of("findings/1?x=explore?")).isEmpty();
    }
}
