package app.headlight.services.lab;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.SharedServer;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.web.explore.Explorer;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.view.ExploreAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class WeightsMarkTest extends SharedServer {

    @Autowired
    private ModelLibrary library;

    @Autowired
    private Explorer explorer;

    @Autowired
    private WeightsMark marks;

    @Test
    void everyModelAndStepHasItsOwn() {
        OpenModel finished = library.open("storybook-2l").orElseThrow();
        OpenModel before = library.open("storybook-2l", 0).orElseThrow();
        assertThat(marks.of(finished)).matches("[0-9a-f]{8}");
        assertThat(marks.of(finished))
                .isNotEqualTo(marks.of(before))
                .isNotEqualTo(marks.of(library.open("storybook-1l").orElseThrow()));
    }

    @Test
    void anAddressKeepsTheWeightsThatItWasMadeWithAndOthersAreSaid() {
        Exploration made = open(Map.of("model", "storybook-1l"));
        Map<String, String> address = ExploreAddress.query(made.state()).written();
        assertThat(address).containsEntry("w", marks.of(made.model()));
        assertThat(open(address).notices()).isEmpty();
        // As when the weights are replaced under that name: those of the address are others.
        Map<String, String> older = new LinkedHashMap<>(address);
        older.put("w", "00c0ffee");
        Exploration replaced = open(older);
        assertThat(replaced.notices())
                .singleElement()
                .asString()
                .contains("storybook-1l", "00c0ffee", marks.of(made.model()));
        assertThat(replaced.state().weights()).as("a reload says it again").isEqualTo("00c0ffee");
        assertThat(replaced.state().withPresentWeights().weights()).isEmpty();
        older.remove("w");
        assertThat(open(older).notices()).as("an address of before").isEmpty();
    }

    private Exploration open(Map<String, String> address) {
        return explorer.open(ExploreAddress.read(address)).orElseThrow();
    }
}
