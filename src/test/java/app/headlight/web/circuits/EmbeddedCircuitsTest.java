package app.headlight.web.circuits;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.web.panels.PanelKind;
import app.headlight.web.view.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedCircuitsTest {

    @ParameterizedTest
    @CsvSource({
        "circuits, heads",
        "circuits?head=L1H2, heads",
        "circuits?edge=L0H0-K-L1H3&token=4, composition",
        "circuits?drawn=k, composition",
        "circuits?token=4&role=output, trigrams",
        "circuits?list=sources, trigrams",
        "circuits?find=the, bigrams",
        "circuits?on=unseen, text"
    })
    void anAddressIsShownByThePanelOfWhatItSelects(String address, String panel) {
        assertThat(EmbeddedCircuits.selected(
                        CircuitsState.of(Address.of(address).parameters())))
                .isEqualTo(panel);
    }

    @Test
    void everyPanelCanBeNamedInAnAddressAndAnotherNameIsSaid() {
        List<String> names =
                CircuitsPanels.CATALOGUE.kinds().stream().map(PanelKind::name).toList();
        List<String> said = new ArrayList<>();
        assertThat(CircuitsPanels.CATALOGUE.part().in(Map.of("part", String.join(",", names)), said::add))
                .isEqualTo(names);
        assertThat(said).isEmpty();
        assertThat(CircuitsPanels.CATALOGUE.part().in(Map.of("part", "heads,hands"), said::add))
                .isEmpty();
        assertThat(said).singleElement().asString().contains("heads,hands", "composition, trigrams");
    }
}
